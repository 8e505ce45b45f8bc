package io.quarkiverse.posthog.runtime.check;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;

import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;

/** Whether the clock of this machine is right, by the time that PostHog's answers tell. */
final class ClockCheck {

    /** PostHog corrects the times of events by it, but not those that the application sets itself. */
    private static final Duration TOLERANCE = Duration.ofSeconds(30);

    private ClockCheck() {
    }

    static Check check(ProbeResult<?>... answers) {
        // The quickest answer tells most exactly
        return Arrays.stream(answers).filter(answer -> answer.ahead() != null)
                .min(Comparator.comparing(ProbeResult::took))
                .map(answer -> check(answer.ahead()))
                .orElseGet(() -> Check.skipped(CheckId.CLOCK, "no response of PostHog had a date"));
    }

    private static Check check(Duration ahead) {
        if (ahead.abs().compareTo(TOLERANCE) <= 0) {
            return Check.ok(CheckId.CLOCK, "differs from PostHog's by at most " + Math.max(1, ahead.abs().toSeconds()) + " s");
        }
        return Check.warning(CheckId.CLOCK, "the clock of this machine is " + ahead.abs().toSeconds() + " s "
                + (ahead.isNegative() ? "behind" : "ahead of")
                + " PostHog's; events get a wrong time",
                "synchronize the clock with NTP");
    }
}
