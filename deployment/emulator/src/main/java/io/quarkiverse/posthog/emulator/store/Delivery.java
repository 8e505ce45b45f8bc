package io.quarkiverse.posthog.emulator.store;

import java.util.UUID;

/**
 * How an event arrived.
 *
 * @param request the recorded request that brought it
 * @param endpoint the path without a slash at its end
 * @param attempt which attempt of the client it was, {@code null} where the protocol does not tell
 * @param clientRequestId how the client names the request on all attempts, {@code null} where the protocol does not tell
 * @param contentEncoding {@code null} when the body was not compressed
 * @param wireSize bytes of the whole body, as it came
 */
public record Delivery(UUID request, String endpoint, Long attempt, String clientRequestId, String contentEncoding,
        int wireSize) {
}
