package io.quarkiverse.posthog.testing.runtime;

import java.util.EnumMap;
import java.util.Map;

import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.DropReason;

/**
 * The outcome of the events since a test began.
 *
 * @param accepted the number of accepted events
 * @param queued the number of events that have not arrived yet
 * @param dropped the number of dropped events, by reason
 * @param lastFailure the reason why events have not arrived; null if there is none
 */
public record CaptureProgress(long accepted, long queued, Map<DropReason, Long> dropped, String lastFailure) {

    static CaptureProgress between(CaptureStatus before, CaptureStatus now) {
        Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        now.dropped().forEach((reason, count) -> {
            long since = count - (before == null ? 0 : before.dropped(reason));
            if (since > 0) {
                dropped.put(reason, since);
            }
        });
        return new CaptureProgress(now.accepted() - (before == null ? 0 : before.accepted()), now.queued(), dropped,
                now.lastFailure().orElse(null));
    }
}
