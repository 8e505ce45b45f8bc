package io.quarkiverse.posthog.emulator.capture.v1;

import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.posthog.emulator.capture.DeliveryFactory;
import io.quarkiverse.posthog.emulator.capture.EventClock;
import io.quarkiverse.posthog.emulator.capture.IllegalDistinctIds;
import io.quarkiverse.posthog.emulator.capture.Ingestion;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.EventResult;
import io.quarkiverse.posthog.emulator.http.Fault;
import io.quarkiverse.posthog.emulator.http.Faults;
import io.quarkiverse.posthog.emulator.http.ReceivedBody;
import io.quarkiverse.posthog.emulator.store.Delivery;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StoredEvent;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The endpoint that takes batches by version 1 of the protocol. */
public final class CaptureV1Api {

    public static final String PATH = "/i/v1/analytics/events";

    private final Project project;
    private final Ingestion ingestion;

    public CaptureV1Api(Project project) {
        this.project = project;
        this.ingestion = new Ingestion(project);
    }

    public void addTo(Router router) {
        router.post(PATH).handler(this::capture);
    }

    /** Returns the request ID in each response, including the responses of faults. */
    public static void echoRequestId(RoutingContext context) {
        Optional.ofNullable(context.request().getHeader(RequestHeaders.REQUEST_ID))
                .ifPresent(id -> context.response().putHeader(RequestHeaders.REQUEST_ID, id));
        context.next();
    }

    private void capture(RoutingContext context) {
        try {
            accept(context).send(context.response());
        } catch (BatchRejectedException e) {
            e.response().send(context.response());
        }
    }

    private EmulatorResponse accept(RoutingContext context) {
        RequestHeaders headers = RequestHeaders.read(context.request(), project.apiToken());
        ReceivedBatch batch = ReceivedBatch.read(text(ReceivedBody.of(context)));
        Delivery delivery = DeliveryFactory.of(context);
        EventClock clock = EventClock.of(project.now(), Optional.of(headers.sentAt()));
        Optional<Fault> fault = Faults.of(context);
        BatchResponse answer = new BatchResponse();
        for (int i = 0; i < batch.events().size(); i++) {
            BatchEvent event = batch.events().get(i);
            int position = i;
            EventResult result = fault.map(wanted -> wanted.resultAt(position)).orElseGet(() -> judge(event));
            if (result.stored() && event.defect().isEmpty()) {
                store(event.toStore(clock, headers.sdk(), batch.historicalMigration(), delivery));
            }
            answer.add(event.uuid(), result);
        }
        return answer.with(fault.map(Fault::headers).orElseGet(Map::of));
    }

    private static String text(ReceivedBody body) {
        if (body.wireSize() == 0) {
            throw new BatchRejectedException(400, "empty_body", "the body is empty");
        }
        body.problem().ifPresent(problem -> {
            throw new BatchRejectedException(problem.status(), switch (problem.status()) {
                case 413 -> "payload_too_large";
                case 415 -> "unsupported_encoding";
                default -> "request_decoding_error";
            }, problem.message());
        });
        try {
            return body.utf8();
        } catch (CharacterCodingException e) {
            throw ReceivedBatch.unparsable("it is not UTF-8");
        }
    }

    /** An event with an illegal distinct ID is stored without a person. */
    private static EventResult judge(BatchEvent event) {
        return event.defect().map(EventResult::drop)
                .orElseGet(() -> IllegalDistinctIds.contains(event.distinctId())
                        ? new EventResult("ok", "person_processing_disabled")
                        : EventResult.ok());
    }

    private void store(StoredEvent event) {
        if (IllegalDistinctIds.contains(event.distinctId())) {
            ingestion.ingestWithoutPerson(event);
        } else {
            ingestion.ingest(event);
        }
    }
}
