package io.quarkiverse.posthog.testing.runtime;

import java.util.EnumMap;
import java.util.Map;

import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.DropReason;

/**
 * What became of events since a test began.
 *
 * @param accepted how many there were
 * @param queued how many have not arrived yet
 * @param dropped how many never will, by reason
 * @param lastFailure why some have not arrived; null for no reason
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
