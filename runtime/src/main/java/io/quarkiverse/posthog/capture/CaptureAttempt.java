package io.quarkiverse.posthog.capture;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A request that carried events.
 *
 * @param account the account
 * @param path the endpoint, such as {@code /batch/}
 * @param attempt 1 for the first attempt, one more each time the same events are sent again
 * @param events the uuids of the events in the request
 * @param size how many bytes were sent, compressed
 * @param duration how long it took until the answer or the failure
 * @param status the status of the answer; empty when there was none
 * @param failure why it was no success; empty when it was one
 */
public record CaptureAttempt(String account, String path, int attempt, List<UUID> events, int size, Duration duration,
        OptionalInt status, Optional<String> failure) {

    public CaptureAttempt {
        events = List.copyOf(events);
    }
}
