package io.quarkiverse.posthog.runtime.functions.catalog;

import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.optional;
import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.required;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.functions.FunctionBehavior;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.Invocation;
import io.quarkiverse.posthog.runtime.functions.ParameterType;
import io.quarkiverse.posthog.runtime.functions.PreparedWrite;
import io.quarkiverse.posthog.runtime.functions.ResultForm;
import io.quarkiverse.posthog.runtime.functions.ResultForm.Field;
import io.quarkiverse.posthog.runtime.functions.arguments.Arguments;
import io.quarkiverse.posthog.runtime.functions.result.Results;
import io.quarkiverse.posthog.runtime.functions.result.RowForm;
import io.smallrye.mutiny.Uni;

/** Captures and reads events. */
final class EventFunctions {

    private static final int MAX_NAME = 200;

    private static final Field[] EVENT = {
            new Field("id", "string", "The UUID."),
            new Field("event", "string", "The name."),
            new Field("distinct_id", "string", "Who did it."),
            new Field("timestamp", "string", "When it happened, ISO 8601."),
            new Field("properties", "object", "The properties. The names of PostHog's own properties begin with $.") };

    static final RowForm ROW = RowForm.of("id", "event", "distinct_id", "timestamp", "properties").personal("*");

    static final FunctionDefinition CAPTURE = new FunctionDefinition("posthog_capture_event", "Capture an event",
            "Sends one event to PostHog and waits for the acknowledgment. It cannot be undone.", Effect.ADD,
            List.of(required("event", ParameterType.STRING, "purchase", "Name of the event.").maxLength(MAX_NAME),
                    required("distinct_id", ParameterType.STRING, "user-123", "Who did it.").maxLength(MAX_NAME),
                    optional("properties", ParameterType.OBJECT, Map.of("amount", 49.99), "Properties of the event."),
                    optional("timestamp", ParameterType.TIMESTAMP, "2026-04-01T12:00:00Z", "ISO 8601; now unless given."),
                    optional("uuid", ParameterType.UUID, "0190f0e8-7a6b-7c3d-9e4f-5a6b7c8d9e0f",
                            "Identifies the event, so that a repeated call has no effect."),
                    CommonParameters.dryRun()),
            ResultForm.object(new Field("message", "string", "The outcome."),
                    new Field("result", "object", "uuid: the UUID of the event; status: captured or dropped.")),
            (FunctionBehavior.Write) EventFunctions::capture);

    static final FunctionDefinition LIST = new FunctionDefinition("posthog_list_events", "List events",
            "Lists captured events, newest first. Without 'after', it reads the last 24 hours before 'before'. Filter "
                    + "before you page. To count or aggregate, use posthog_query." + CommonParameters.DATA,
            Effect.READ,
            List.of(CommonParameters.limit(),
                    CommonParameters.offset(),
                    optional("event", ParameterType.STRING, "$pageview", "Only events of this name.").maxLength(MAX_NAME),
                    optional("distinct_id", ParameterType.STRING, "user-123", "Only of this distinct id.").maxLength(400),
                    optional("person_id", ParameterType.STRING, "018f3c1e-0000-0000-5f2d-a5a7a6e4b1c3",
                            "Only of the person with this uuid.").maxLength(50),
                    optional("after", ParameterType.TIMESTAMP, "2026-04-01T00:00:00Z", "ISO 8601, exclusive."),
                    optional("before", ParameterType.TIMESTAMP, "2026-04-02T00:00:00Z", "ISO 8601, exclusive."),
                    CommonParameters.cursor(),
                    CommonParameters.fields()),
            ResultForm.list(EVENT),
            (FunctionBehavior.Read) EventList::read);

    static final FunctionDefinition GET = new FunctionDefinition("posthog_get_event", "Get an event",
            "Returns one event with its person." + CommonParameters.DATA, Effect.READ,
            List.of(required("event_id", ParameterType.UUID, "0190f0e8-7a6b-7c3d-9e4f-5a6b7c8d9e0f", "The UUID."),
                    CommonParameters.fields()),
            ResultForm.object(EVENT),
            (FunctionBehavior.Read) EventFunctions::get);

    private EventFunctions() {
    }

    private static Uni<ObjectNode> get(Invocation call) {
        RowForm form = RowForm.of("id", "event", "distinct_id", "timestamp", "properties", "person").personal("*");
        return call.shaped(call.account().posthog().events().get(call.arguments().uuid("event_id").orElseThrow()),
                event -> call.results().object(call.results().row(event, form)));
    }

    private static Uni<PreparedWrite> capture(Invocation call, boolean detailed) {
        Arguments arguments = call.arguments();
        call.account().requireProjectToken("capture");
        CaptureEvent event = CaptureEvent.of(arguments.text("event").orElseThrow(), arguments.text("distinct_id").orElseThrow())
                .properties(arguments.object("properties").orElse(Map.of()))
                .timestamp(arguments.instant("timestamp").orElse(null))
                .uuid(arguments.uuid("uuid").orElse(null));
        JsonNode body = detailed ? preview(call, event) : null;
        return Uni.createFrom().item(new PreparedWrite("POST", call.account().capturePath(), body,
                "Captures the event " + JsonNodeFactory.instance.textNode(event.event()), List.of(),
                () -> call.account().capture(event).map(uuid -> captured(call, uuid))));
    }

    /** Returns the event as it is sent; null if it is not sent. */
    private static JsonNode preview(Invocation call, CaptureEvent event) {
        Optional<CaptureEvent> preview = call.account().previewCapture(event);
        if (preview.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        CaptureEvent sent = preview.get();
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("event", sent.event())
                .put("distinct_id", sent.distinctId()).put("timestamp", String.valueOf(sent.timestamp()))
                .put("uuid", String.valueOf(sent.uuid()));
        return body.set("properties", Results.mapper().valueToTree(sent.properties()));
    }

    private static ObjectNode captured(Invocation call, UUID uuid) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("message", uuid != null ? "The event was captured."
                : "The event was not sent: capturing is disabled or sampled, or the application dropped the event.");
        result.putObject("result").put("status", uuid == null ? "dropped" : "captured")
                .put("uuid", uuid == null ? null : uuid.toString());
        return call.results().object(result);
    }
}
