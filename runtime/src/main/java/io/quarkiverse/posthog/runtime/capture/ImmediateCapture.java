package io.quarkiverse.posthog.runtime.capture;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.rest.ApiCalls;
import io.quarkiverse.posthog.runtime.rest.IngestionApi.Batch;
import io.quarkiverse.posthog.runtime.rest.IngestionApi.BatchEvent;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.Operation.Repeat;
import io.smallrye.mutiny.Uni;

/** Sends one event at once and waits for the acknowledgement. */
public final class ImmediateCapture {

    private static final Operation CAPTURE = new Operation("captureNow", Limit.NONE, Repeat.CAPTURE);

    private final ApiCalls calls;
    private final EventEncoder encoder;

    public ImmediateCapture(ApiCalls calls, EventEncoder encoder) {
        this.calls = calls;
        this.encoder = encoder;
    }

    public Uni<UUID> capture(CaptureEvent event) {
        BatchEvent encoded;
        try {
            encoded = encoder.encode(event);
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().failure(e);
        }
        // sent_at is what PostHog corrects clocks by, so each attempt has its own
        return calls.ingestion(CAPTURE, api -> api.batch(
                new Batch(calls.account().projectApiKey().orElseThrow(), List.of(encoded), Instant.now().toString())))
                .replaceWith(UUID.fromString(encoded.uuid()));
    }
}
