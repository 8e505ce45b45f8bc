package io.quarkiverse.posthog.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The results of all checks of an account. The text form is suitable for logs, and does not contain keys.
 *
 * @param account the name of the account
 * @param checkedAt when the checks were started
 * @param duration the duration of the checks
 * @param checks the result for each {@link CheckId}, in this order
 * @param scopes the scopes that the extension can use, and whether the personal API key has them; empty if unknown
 */
public record CheckReport(String account, Instant checkedAt, Duration duration, List<Check> checks, List<KeyScope> scopes) {

    public CheckReport {
        checks = List.copyOf(checks);
        scopes = List.copyOf(scopes);
    }

    /** Returns the worst status of all checks. */
    public CheckStatus status() {
        return checks.stream().map(Check::status).filter(status -> status != CheckStatus.SKIPPED)
                .max(Comparator.naturalOrder()).orElse(CheckStatus.OK);
    }

    /** Returns whether no check has failed. There can be warnings. */
    public boolean isHealthy() {
        return status() != CheckStatus.FAILED;
    }

    /** Returns the result of one check. */
    public Check check(CheckId id) {
        return checks.stream().filter(check -> check.id() == id).findFirst().orElseThrow();
    }

    /** Returns the checks that failed or have warnings, failures first. */
    public List<Check> problems() {
        return checks.stream().filter(Check::isProblem).sorted(Comparator.comparing(Check::status).reversed()).toList();
    }

    /** Returns a summary line, and the checks that failed or have warnings with their next steps. */
    public String summary() {
        return text(problems());
    }

    /** Returns a summary line, and one or two lines for each check. */
    @Override
    public String toString() {
        return text(checks);
    }

    private String text(List<Check> shown) {
        return shown.stream().map(Check::toString)
                .collect(Collectors.joining(System.lineSeparator(), headline() + System.lineSeparator(), ""))
                .stripTrailing();
    }

    private String headline() {
        long failed = checks.stream().filter(check -> check.status() == CheckStatus.FAILED).count();
        long warnings = checks.stream().filter(check -> check.status() == CheckStatus.WARNING).count();
        String problems = failed + warnings == 0 ? "all checks passed"
                : failed + " of " + checks.size() + " checks failed, " + warnings + (warnings == 1 ? " warning" : " warnings");
        return "PostHog account '" + account + "': " + problems + " (" + duration.toMillis() + " ms)";
    }
}
