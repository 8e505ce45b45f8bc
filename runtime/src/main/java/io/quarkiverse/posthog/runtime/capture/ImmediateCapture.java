package io.quarkiverse.posthog.runtime.capture;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.config.AccountNames;
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
    private final ObjectMapper mapper;
    private final EventEncoder encoder;

    public ImmediateCapture(ApiCalls calls, ObjectMapper mapper, EventEncoder encoder) {
        this.calls = calls;
        this.mapper = mapper;
        this.encoder = encoder;
    }

    public Uni<UUID> capture(CaptureEvent event) {
        BatchEvent encoded;
        try {
            encoded = encoder.encode(event);
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().failure(e);
        }
        // PostHog corrects the clock of this machine by when each attempt was sent; a time that the caller set is exact
        boolean exact = event.timestamp() != null;
        return calls.ingestion(CAPTURE, api -> api.batch(new Batch(calls.account().projectApiKey().orElseThrow(),
                List.of(encoded), exact ? null : Instant.now().toString())))
                .invoke(this::checkAcknowledged)
                .replaceWith(UUID.fromString(encoded.uuid()));
    }

    /** Not every answer is PostHog's, which is JSON: a login page of something in between has the status 200 too. */
    private void checkAcknowledged(String answer) {
        try {
            mapper.readTree(answer);
        } catch (JsonProcessingException e) {
            throw calls.nonsense(CAPTURE, calls.account().ingestion() + " did not acknowledge the event, but answered "
                    + "something that is no JSON; check " + AccountNames.key(calls.account().name(), "ingestion-host"));
        }
    }
}
