package io.quarkiverse.posthog.capture;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * An attempt to deliver events with a request.
 *
 * @param account the account
 * @param path the endpoint, such as {@code /batch/}
 * @param attempt the number of the attempt, from 1, which increases with each retry
 * @param events the UUIDs of the events in the request
 * @param compressedBytes the compressed size of the request in bytes
 * @param duration the time until the response or the failure
 * @param status the status of the response; empty if there was none
 * @param failure the failure; empty if the request succeeded
 */
public record DeliveryAttempt(String account, String path, int attempt, List<UUID> events, int compressedBytes,
        Duration duration,
        OptionalInt status, Optional<String> failure) {

    public DeliveryAttempt {
        events = List.copyOf(events);
    }
}
