package io.quarkiverse.posthog.runtime.check;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;

import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;

/** Checks the clock of this machine with the dates of PostHog's responses. */
final class ClockCheck {

    /** The tolerated difference. PostHog corrects the timestamps of events, except timestamps that the application sets. */
    private static final Duration TOLERANCE = Duration.ofSeconds(30);

    private ClockCheck() {
    }

    static Check check(ProbeResult<?>... results) {
        // The fastest response is the most accurate
        return Arrays.stream(results).filter(result -> result.clockSkew() != null)
                .min(Comparator.comparing(ProbeResult::duration))
                .map(result -> check(result.clockSkew()))
                .orElseGet(() -> CheckResults.skipped(CheckId.CLOCK, "no response of PostHog had a date"));
    }

    private static Check check(Duration clockSkew) {
        if (clockSkew.abs().compareTo(TOLERANCE) <= 0) {
            return CheckResults.ok(CheckId.CLOCK,
                    "differs from PostHog's clock by at most " + Math.max(1, clockSkew.abs().toSeconds()) + " s");
        }
        return CheckResults.warning(CheckId.CLOCK, "the clock of this machine is " + clockSkew.abs().toSeconds() + " s "
                + (clockSkew.isNegative() ? "behind" : "ahead of")
                + " PostHog's clock; events can get a wrong timestamp",
                "synchronize the clock with NTP");
    }
}
