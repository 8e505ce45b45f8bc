package io.quarkiverse.posthog.emulator.store;

import java.util.UUID;

/**
 * The delivery of an event.
 *
 * @param request the recorded request that brought it
 * @param endpoint the path without a slash at its end
 * @param attempt the number of the attempt, {@code null} if the protocol does not contain it
 * @param clientRequestId the client's ID of the request, the same for all attempts, {@code null} if the protocol does not
 *        contain it
 * @param contentEncoding {@code null} when the body was not compressed
 * @param wireSize bytes of the whole body, as it came
 */
public record Delivery(UUID request, String endpoint, Long attempt, String clientRequestId, String contentEncoding,
        int wireSize) {
}
