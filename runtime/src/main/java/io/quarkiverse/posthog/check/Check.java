package io.quarkiverse.posthog.check;

import java.util.Objects;
import java.util.Optional;

/**
 * The result of one check. It does not contain keys.
 *
 * @param id the check
 * @param status the status
 * @param message the finding, or the reason why the check was skipped
 * @param nextStep the next step; always present for {@link CheckStatus#WARNING} and {@link CheckStatus#FAILED}, and
 *        sometimes for other statuses, as advice
 */
public record Check(CheckId id, CheckStatus status, String message, Optional<String> nextStep) {

    public Check {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(message, "message");
        if (isProblem(status) && nextStep.isEmpty()) {
            throw new IllegalArgumentException("A check with the status " + status + " requires a next step: " + id.title());
        }
    }

    /** Returns whether the status is {@link CheckStatus#WARNING} or {@link CheckStatus#FAILED}. */
    public boolean isProblem() {
        return isProblem(status);
    }

    private static boolean isProblem(CheckStatus status) {
        return status == CheckStatus.WARNING || status == CheckStatus.FAILED;
    }

    /** Returns one line, and a second line with the next step. */
    @Override
    public String toString() {
        return "%-7s %s: %s%s".formatted(status, id.title(), message,
                nextStep.map(step -> System.lineSeparator() + "        -> " + step).orElse(""));
    }
}
