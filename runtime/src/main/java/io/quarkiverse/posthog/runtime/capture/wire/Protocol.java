package io.quarkiverse.posthog.runtime.capture.wire;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.capture.event.EventJsonWriter;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.api.IngestionApi;
import io.quarkiverse.posthog.runtime.rest.api.RequestBody;
import io.smallrye.mutiny.Uni;

/** A protocol for sending events to PostHog: the body and headers of a request, and the meaning of the response. */
public interface Protocol {

    /** The endpoint, as PostHog documents it. */
    String path();

    Operation<IngestionApi> operation();

    /** What comes before the events. */
    byte[] head(Batch batch, Instant now);

    /** What comes after the events. */
    byte[] tail();

    void write(CaptureEvent event, JsonGenerator json, EventJsonWriter writer) throws IOException;

    /** @param encoding how the body is compressed; null when it is not */
    Uni<Response> send(IngestionApi api, Batch batch, RequestBody body, String encoding);

    /**
     * Reads the result of each event from a successful response.
     *
     * @throws IOException if the response is not complete JSON, and therefore not an acknowledgement
     */
    Results results(Batch batch, byte[] answer) throws IOException;

    /**
     * Whether a status is PostHog's final decision about the events of a request. All other failures are retried.
     *
     * @param status of a response that is not a success
     */
    boolean rejects(int status);

    /** The results of the events of a batch. */
    record Results(List<QueuedEvent> delivered, List<QueuedEvent> again, List<Rejection> rejected) {
    }

    /** An event that PostHog rejected, and the reason. */
    record Rejection(QueuedEvent event, String detail) {
    }
}
