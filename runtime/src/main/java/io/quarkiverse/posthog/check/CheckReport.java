package io.quarkiverse.posthog.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How an account stands: its settings, its keys, PostHog as it is seen from here, and what waits. The text form is for logs;
 * no key is in it.
 *
 * @param account the name of the account
 * @param at when it was looked at
 * @param took how long that took
 * @param checks one for each {@link CheckId}, in that order
 * @param scopes the scopes that the extension can use, with those the personal API key has; empty when that is not known
 */
public record CheckReport(String account, Instant at, Duration took, List<Check> checks, List<KeyScope> scopes) {

    public CheckReport {
        checks = List.copyOf(checks);
        scopes = List.copyOf(scopes);
    }

    /** How the account stands altogether: as bad as the worst of its checks. */
    public CheckStatus status() {
        return checks.stream().map(Check::status).filter(status -> status != CheckStatus.SKIPPED)
                .max(Comparator.naturalOrder()).orElse(CheckStatus.OK);
    }

    /** Whether nothing has failed; there may be warnings. */
    public boolean isHealthy() {
        return status() != CheckStatus.FAILED;
    }

    /** The check of one thing. */
    public Check check(CheckId id) {
        return checks.stream().filter(check -> check.id() == id).findFirst().orElseThrow();
    }

    /** What there is something to be done about, the worst first. */
    public List<Check> troubles() {
        return checks.stream().filter(Check::isTrouble).sorted(Comparator.comparing(Check::status).reversed()).toList();
    }

    /** One line on the whole, and what there is something to be done about, each with the next step. */
    public String summary() {
        return text(troubles());
    }

    /** One line on the whole, and one or two on each check. */
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
        String troubles = failed + warnings == 0 ? "all checks passed"
                : failed + " of " + checks.size() + " checks failed, " + warnings + (warnings == 1 ? " warns" : " warn");
        return "PostHog account '" + account + "': " + troubles + " (" + took.toMillis() + " ms)";
    }
}
