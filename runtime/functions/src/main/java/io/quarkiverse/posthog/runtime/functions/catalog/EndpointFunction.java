package io.quarkiverse.posthog.runtime.functions.catalog;

import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.optional;
import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.required;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.netty.handler.codec.http.QueryStringDecoder;
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
                    CommonParameters.limit(), CommonParameters.offset(), CommonParameters.cursor(), CommonParameters.fields()),
            ResultForm.object(new Field(RESULTS, "array", "The rows, if the endpoint returns a list, with next and truncated."),
                    new Field("(field)", "any", "The fields of the object, if the endpoint returns one.")),
            (FunctionBehavior.Read) EndpointFunction::get);

    private EndpointFunction() {
    }

    /**
     * A position in a list, in any of PostHog's forms of paging.
     *
     * @param parameters the query parameters of a page, without its limit
     * @param skipped the number of rows of the page that were already returned
     */
    private record Position(Map<String, Object> parameters, int pageSize, int skipped) {

        static Position of(Invocation call) {
            Map<String, Object> parameters = new LinkedHashMap<>(call.arguments().object("query").orElse(Map.of()));
            ObjectNode position = call.arguments().position();
            if (position == null) {
                parameters.put(CommonParameters.OFFSET, call.arguments().number(CommonParameters.OFFSET));
                return new Position(parameters, call.arguments().number(CommonParameters.LIMIT), 0);
            }
            int pageSize = position.path("n").asInt(-1);
            int skipped = position.path("s").asInt(-1);
            if (!position.path("q").isObject() || pageSize < 1 || pageSize > CommonParameters.MAX_ROWS || skipped < 0) {
                throw new FunctionException(FunctionError.of(FunctionError.Type.VALIDATION, "cursor is invalid")
                        .field("cursor").hint("Start again without a cursor."));
            }
            position.path("q").properties().forEach(parameter -> parameters.put(parameter.getKey(),
                    parameter.getValue().asText()));
            return new Position(parameters, pageSize, skipped);
        }

        /** Returns the position after some rows of a page; null after the last page. */
        Position after(JsonNode page, int items, int returned, int limit) {
            if (returned < items) {
                return new Position(parameters, pageSize, returned);
            }
            if (page.path("next").isTextual()) {
                Map<String, Object> next = new LinkedHashMap<>();
                new QueryStringDecoder(page.path("next").textValue()).parameters()
                        .forEach((name, values) -> next.put(name, values.get(0)));
                return new Position(next, limit, 0);
            }
            if (!page.path("has_next").booleanValue()) {
                return null;
            }
            Map<String, Object> next = new LinkedHashMap<>(parameters);
            next.put(CommonParameters.OFFSET, Integer.parseInt(parameters.get(CommonParameters.OFFSET).toString()) + items);
            return new Position(next, limit, 0);
        }

        ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("n", pageSize).put("s", skipped);
            parameters.forEach((name, value) -> json.withObjectProperty("q").putPOJO(name, value));
            return json;
        }
    }

    private static Uni<ObjectNode> get(Invocation call) {
        Position position = Position.of(call);
        return call.shaped(request(call, position).asMaskedJson(), response -> result(call, position, response));
    }

    private static RestGet request(Invocation call, Position position) {
        String path = call.arguments().text("path").orElseThrow().strip();
        try {
            RestGet request = call.account().posthog().api().get(PROJECT + (path.startsWith("/") ? path.substring(1) : path));
            for (Map.Entry<String, Object> parameter : position.parameters().entrySet()) {
                request = request.query(parameter.getKey(), parameter.getValue());
            }
            // Replaces a limit in the query, which could be larger
            return request.query(CommonParameters.LIMIT, position.pageSize());
        } catch (IllegalArgumentException e) {
            throw new FunctionException(FunctionError.of(FunctionError.Type.VALIDATION, e.getMessage()).field("path")
                    .hint("Pass a path below the project, such as annotations/, and its parameters as query."));
        }
    }

    private static ObjectNode result(Invocation call, Position position, JsonNode response) {
        JsonNode items = response.isArray() ? response : response.path(RESULTS);
        if (!items.isArray()) {
            return call.results().object(call.results().row(object(response), ROW));
        }
        int limit = call.arguments().number(CommonParameters.LIMIT);
        List<ObjectNode> rows = StreamSupport.stream(items.spliterator(), false).skip(position.skipped()).limit(limit)
                .map(item -> call.results().row(object(item), ROW)).toList();
        return call.results().list(rows, kept -> {
            Position next = position.after(response, items.size(), position.skipped() + kept, limit);
            return next == null ? null : call.arguments().cursor(next.json());
        }, null);
    }

    private static JsonNode object(JsonNode value) {
        return value.isObject() ? value : JsonNodeFactory.instance.objectNode().set("value", value);
    }
}
