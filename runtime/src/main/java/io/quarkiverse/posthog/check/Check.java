package io.quarkiverse.posthog.check;

import java.util.Objects;
import java.util.Optional;

/**
 * How one thing stands. No key is in it.
 *
 * @param id what was looked at
 * @param status how it stands
 * @param found what was found, or why it was not looked at
 * @param nextStep what to do; there for everything that is {@link CheckStatus#WARNING} or {@link CheckStatus#FAILED}, and
 *        sometimes else, as advice
 */
public record Check(CheckId id, CheckStatus status, String found, Optional<String> nextStep) {

    public Check {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(found, "found");
        if (isTrouble(status) && nextStep.isEmpty()) {
            throw new IllegalArgumentException("What is " + status + " needs a next step: " + id.title());
        }
    }

    /** It is as it should be. For the extension itself. */
    public static Check ok(CheckId id, String found) {
        return new Check(id, CheckStatus.OK, found, Optional.empty());
    }

    /**
     * It was not looked at. For the extension itself.
     *
     * @param reason why not
     */
    public static Check skipped(CheckId id, String reason) {
        return new Check(id, CheckStatus.SKIPPED, reason, Optional.empty());
    }

    /** It works, but not as it should. For the extension itself. */
    public static Check warning(CheckId id, String found, String nextStep) {
        return new Check(id, CheckStatus.WARNING, found, Optional.of(nextStep));
    }

    /** It does not work. For the extension itself. */
    public static Check failed(CheckId id, String found, String nextStep) {
        return new Check(id, CheckStatus.FAILED, found, Optional.of(nextStep));
    }

    /** The same with advice, in place of its next step. For the extension itself. */
    public Check advising(String nextStep) {
        return new Check(id, status, found, Optional.of(nextStep));
    }

    /** Whether there is something to be done about it. */
    public boolean isTrouble() {
        return isTrouble(status);
    }

    private static boolean isTrouble(CheckStatus status) {
        return status == CheckStatus.WARNING || status == CheckStatus.FAILED;
    }

    /** One line, and a second one with the next step. */
    @Override
    public String toString() {
        return "%-7s %s: %s%s".formatted(status, id.title(), found,
                nextStep.map(step -> System.lineSeparator() + "        -> " + step).orElse(""));
    }
}
