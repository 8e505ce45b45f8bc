package io.quarkiverse.posthog.runtime.functions.catalog;

import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.optional;
import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.required;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagResult;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.runtime.functions.FunctionBehavior;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.FunctionError;
import io.quarkiverse.posthog.runtime.functions.FunctionError.Type;
import io.quarkiverse.posthog.runtime.functions.FunctionException;
import io.quarkiverse.posthog.runtime.functions.Invocation;
import io.quarkiverse.posthog.runtime.functions.ParameterType;
import io.quarkiverse.posthog.runtime.functions.ResultForm;
import io.quarkiverse.posthog.runtime.functions.ResultForm.Field;
import io.quarkiverse.posthog.runtime.functions.arguments.Arguments;
import io.quarkiverse.posthog.runtime.functions.result.Results;
import io.quarkiverse.posthog.runtime.functions.result.RowForm;
import io.smallrye.mutiny.Uni;

/** Evaluates feature flags, and explains their values. */
final class EvaluationFunction {

    private static final RowForm ROW = RowForm.of();

    static final FunctionDefinition EVALUATE = new FunctionDefinition("posthog_evaluate_flags", "Evaluate feature flags",
            "Returns which feature flags a person gets, and why: reason and condition_index (from 0) say which condition set "
                    + "decided. Captures no event. Properties that you pass override those that PostHog stores.",
            Effect.READ,
            List.of(required("distinct_id", ParameterType.STRING, "user-123", "The person.").maxLength(400),
                    optional("flag_keys", ParameterType.STRINGS, List.of("new-checkout"), "Only these flags.").maxLength(100),
                    optional("person_properties", ParameterType.OBJECT, Map.of("plan", "pro"), "Person properties."),
                    optional("groups", ParameterType.OBJECT, Map.of("company", "acme"), "Group keys, by group type."),
                    optional("group_properties", ParameterType.OBJECT, Map.of("company", Map.of("size", 42)),
                            "Properties of each group, by group type."),
                    CommonParameters.cursor()),
            ResultForm.list(new Field("key", "string", "The key of the flag."),
                    new Field("value", "any", "true, false or the key of the variant; null if it could not be evaluated."),
                    new Field("reason", "object", "code, description and condition_index."),
                    new Field("payload", "any", "The payload of the value.")),
            (FunctionBehavior.Read) EvaluationFunction::evaluate);

    private EvaluationFunction() {
    }

    private static Uni<ObjectNode> evaluate(Invocation call) {
        call.account().requireProjectToken("evaluateFlags");
        Arguments arguments = call.arguments();
        FlagContext context = FlagContext.of(arguments.text("distinct_id").orElseThrow())
                .personProperties(arguments.object("person_properties").orElse(Map.of()))
                .groups(groups(arguments)).sendFeatureFlagEvents(false);
        if (arguments.has("flag_keys")) {
            context = context.flagKeys(arguments.texts("flag_keys"));
        }
        for (Map.Entry<String, Object> group : arguments.object("group_properties").orElse(Map.of()).entrySet()) {
            context = context.groupProperties(group.getKey(), properties(group.getValue()));
        }
        return call.shaped(call.account().posthog().evaluateFlags(context), snapshot -> list(call, snapshot));
    }

    private static Map<String, String> groups(Arguments arguments) {
        Map<String, String> groups = new TreeMap<>();
        arguments.object("groups").orElse(Map.of()).forEach((type, key) -> {
            if (!(key instanceof String) && !(key instanceof Number)) {
                throw invalid("groups", "groups must contain the key of a group for each group type");
            }
            groups.put(type, key.toString());
        });
        return groups;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> properties(Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw invalid("group_properties", "group_properties must contain an object for each group type");
    }

    private static FunctionException invalid(String field, String message) {
        return new FunctionException(FunctionError.of(Type.VALIDATION, message).field(field)
                .hint("Correct the arguments and call the function again."));
    }

    private static ObjectNode list(Invocation call, FlagSnapshot snapshot) {
        if (snapshot.results().isEmpty() && !snapshot.errors().isEmpty()) {
            throw new FunctionException(failed(snapshot.errors().iterator().next()));
        }
        List<ObjectNode> rows = new ArrayList<>();
        int skipped = call.arguments().position() == null ? 0 : Math.max(0, call.arguments().position().path("s").asInt());
        TreeSet<String> keys = new TreeSet<>(snapshot.keys());
        keys.addAll(snapshot.unresolvedFlags().keySet());
        keys.addAll(call.arguments().texts("flag_keys"));
        keys.stream().skip(skipped).forEach(key -> rows.add(call.results().row(row(snapshot, key), ROW)));
        ObjectNode list = call.results().list(rows, kept -> kept == rows.size() ? null
                : call.arguments().cursor(JsonNodeFactory.instance.objectNode().put("s", skipped + kept)),
                snapshot.errors().isEmpty() ? null : "Some flags could not be evaluated; their value is null.");
        if (!snapshot.errors().isEmpty()) {
            snapshot.errors().forEach(error -> list.withArray("errors").add(error.code()));
        }
        return list;
    }

    private static FunctionError failed(FlagError error) {
        Type type = error.equals(FlagError.TIMEOUT) ? Type.TIMEOUT
                : error.equals(FlagError.QUOTA_LIMITED) ? Type.QUOTA
                        : error.equals(FlagError.CONNECTION_ERROR) ? Type.CONNECTION : Type.SERVER;
        return FunctionError.of(type, "PostHog could not evaluate the flags (" + error.code() + ")").hint("Try again later.");
    }

    private static ObjectNode row(FlagSnapshot snapshot, String key) {
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("key", key);
        FlagResult result = snapshot.results().get(key);
        if (result == null) {
            row.putNull("value");
            row.putObject("reason").put("code", snapshot.unresolvedFlags().containsKey(key)
                    ? snapshot.unresolvedFlags().get(key).code()
                    : "flag_missing");
            return row;
        }
        row.set("value", Results.mapper().valueToTree(result.value().toJson()));
        result.reason().ifPresent(reason -> {
            ObjectNode json = row.putObject("reason").put("code", reason.code());
            reason.description().ifPresent(description -> json.put("description", description));
            reason.conditionIndex().ifPresent(index -> json.put("condition_index", index));
        });
        result.payload().ifPresent(payload -> row.set("payload", json(payload)));
        result.version().ifPresent(version -> row.put("version", version));
        return row.put("locally_evaluated", result.locallyEvaluated());
    }

    private static JsonNode json(String payload) {
        try {
            return Results.mapper().readTree(payload);
        } catch (IOException e) {
            return JsonNodeFactory.instance.textNode(payload);
        }
    }
}
