package io.quarkiverse.posthog.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.ApiRoutes;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.RateLimitGroup;
import io.quarkiverse.posthog.emulator.store.Project;

/** The query endpoint, for HogQL only. */
public final class QueryApi {

    private static final String KIND = "HogQLQuery";

    private final EventTable table;
    private final AsyncQueries queries;

    public QueryApi(Project project, AsyncQueries queries) {
        this.table = new EventTable(project);
        this.queries = queries;
    }

    public void addTo(ApiRoutes routes) {
        routes.resource(RateLimitGroup.QUERY, "query:read")
                .post("/query", request -> run(request, KIND))
                .post("/query/:kind", request -> run(request, request.path("kind")));
        routes.resource(RateLimitGroup.DEFAULT, "query:read")
                .get("/query/:id", this::status)
                .on("DELETE", "/query/:id", this::cancel);
    }

    private EmulatorResponse run(ApiRequest request, String kindOfPath) {
        ObjectNode body = request.body();
        JsonNode query = body.path("query");
        if (!query.isObject()) {
            throw ApiException.invalid("required", "This field is required.", "query");
        }
        String kind = query.path("kind").asText();
        if (!KIND.equals(kind)) {
            throw ApiException.invalid("Unsupported query kind: " + kind + ". The PostHog emulator supports only " + KIND
                    + "; PostHog may accept others.");
        } else if (!kind.equals(kindOfPath)) {
            throw ApiException.invalid("Query kind in path (" + kindOfPath + ") does not match the one in the body (" + kind
                    + ").");
        } else if (!query.path("query").isTextual()) {
            throw ApiException.invalid("required", "This field is required.", "query__query");
        }
        boolean async = body.path("refresh").asText().contains("async") || body.path("async").asBoolean(false);
        if (!async) {
            return EmulatorResponse.ok(table.answer(query));
        }
        return wrapped(202, queries.start(() -> table.answer(query)));
    }

    private EmulatorResponse status(ApiRequest request) {
        String id = request.path("id");
        ObjectNode status = queries.poll(id).orElseThrow(() -> unknown(id));
        int code = !status.get("complete").booleanValue() ? 202 : status.get("error").booleanValue() ? 400 : 200;
        return wrapped(code, status);
    }

    private EmulatorResponse cancel(ApiRequest request) {
        if (!queries.cancel(request.path("id"))) {
            throw unknown(request.path("id"));
        }
        return EmulatorResponse.ok(EmulatorJson.object().put("message", "Query cancelled"));
    }

    private static ApiException unknown(String id) {
        return ApiException.notFound("Query " + id + " not found.");
    }

    private static EmulatorResponse wrapped(int code, ObjectNode status) {
        return EmulatorResponse.of(code, EmulatorJson.object().set("query_status", status));
    }
}
