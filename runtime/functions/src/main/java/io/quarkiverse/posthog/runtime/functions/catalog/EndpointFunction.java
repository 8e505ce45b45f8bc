package io.quarkiverse.posthog.runtime.functions.catalog;

import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.optional;
import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.required;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.api.RestGet;
import io.quarkiverse.posthog.runtime.functions.FunctionBehavior;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.FunctionError;
import io.quarkiverse.posthog.runtime.functions.FunctionException;
import io.quarkiverse.posthog.runtime.functions.Invocation;
import io.quarkiverse.posthog.runtime.functions.ParameterType;
import io.quarkiverse.posthog.runtime.functions.ResultForm;
import io.quarkiverse.posthog.runtime.functions.ResultForm.Field;
import io.quarkiverse.posthog.runtime.functions.result.RowForm;
import io.smallrye.mutiny.Uni;

/** Reads endpoints of the project that have no function. */
final class EndpointFunction {

    private static final String PROJECT = "/api/projects/{project}/";
    private static final String RESULTS = "results";

    private static final RowForm ROW = RowForm.of().personal("*");

    static final FunctionDefinition GET = new FunctionDefinition("posthog_get", "Read any endpoint of the project",
            "Sends a GET request to an endpoint below the project that no other function reads: annotations/, surveys/, experiments/, "
                    + "actions/, early_access_feature/, groups/, batch_exports/, session_recordings/ and others. Secrets are masked."
                    + CommonParameters.DATA,
            Effect.READ,
            List.of(required("path", ParameterType.STRING, "annotations/",
                    "The path below the project, such as surveys/ or experiments/12/.").maxLength(500),
                    optional("query", ParameterType.OBJECT, Map.of("search", "release"), "Query parameters of the endpoint."),
                    CommonParameters.limit(), CommonParameters.offset(), CommonParameters.fields()),
            ResultForm.object(new Field(RESULTS, "array", "The rows, if the endpoint returns a list."),
                    new Field("(field)", "any", "The fields of the object, if the endpoint returns one.")),
            (FunctionBehavior.Read) EndpointFunction::get);

    private EndpointFunction() {
    }

    private static Uni<ObjectNode> get(Invocation call) {
        return call.shaped(request(call).asMaskedJson(), response -> result(call, response));
    }

    private static RestGet request(Invocation call) {
        String path = call.arguments().text("path").orElseThrow().strip();
        try {
            RestGet request = call.account().posthog().api().get(PROJECT + (path.startsWith("/") ? path.substring(1) : path))
                    .query(CommonParameters.LIMIT, call.arguments().number(CommonParameters.LIMIT))
                    .query(CommonParameters.OFFSET, call.arguments().number(CommonParameters.OFFSET));
            for (Map.Entry<String, Object> parameter : call.arguments().object("query").orElse(Map.of()).entrySet()) {
                request = request.query(parameter.getKey(), parameter.getValue());
            }
            return request;
        } catch (IllegalArgumentException e) {
            throw new FunctionException(FunctionError.of(FunctionError.Type.VALIDATION, e.getMessage()).field("path")
                    .hint("Pass a path below the project, such as annotations/, and its parameters as query."));
        }
    }

    private static ObjectNode result(Invocation call, JsonNode response) {
        JsonNode items = response.isArray() ? response : response.path(RESULTS);
        if (!items.isArray()) {
            return call.results().object(call.results().row(response.isObject() ? response : value(response), ROW));
        }
        List<ObjectNode> rows = new ArrayList<>(items.size());
        items.forEach(item -> rows.add(call.results().row(item.isObject() ? item : value(item), ROW)));
        boolean more = response.path("next").isTextual() || response.path("has_next").booleanValue();
        int offset = call.arguments().number(CommonParameters.OFFSET) + rows.size();
        return call.results().list(rows, kept -> null,
                more ? "There are more rows. Pass offset " + offset + " to continue." : null);
    }

    private static ObjectNode value(JsonNode value) {
        return JsonNodeFactory.instance.objectNode().set("value", value);
    }
}
