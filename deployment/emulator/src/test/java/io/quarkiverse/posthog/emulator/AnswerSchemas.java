package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

/** Finds the schema that an answer of the API has to obey, by its route. */
final class AnswerSchemas {

    private static final String PROJECT = "/api/(?:projects|environments)/[^/]+";
    private static final String RESOURCES = "/(?:annotations|actions|experiments|surveys|early_access_feature|batch_exports"
            + "|notebooks)";
    private static final Map<Pattern, String> ROUTES = routes();

    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonNode definitions;
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    AnswerSchemas() {
        try (InputStream in = AnswerSchemas.class.getResourceAsStream("/posthog-api-schema.json")) {
            definitions = mapper.readTree(in).get("$defs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Pattern, String> routes() {
        Map<String, String> routes = new LinkedHashMap<>();
        routes.put("GET /api/users/@me", "me");
        routes.put("GET /api/personal_api_keys/@current", "personalKey");
        routes.put("GET /api/projects", "projectPage");
        routes.put("GET " + PROJECT, "project");
        routes.put("GET " + PROJECT + "/events", "eventPage");
        routes.put("GET " + PROJECT + "/events/values", "eventValues");
        routes.put("GET " + PROJECT + "/events/[^/]+", "event");
        routes.put("GET " + PROJECT + "/persons", "personPage");
        routes.put("GET " + PROJECT + "/persons/[^/]+", "person");
        routes.put("DELETE " + PROJECT + "/persons/[^/]+", "empty");
        routes.put("POST " + PROJECT + "/persons/bulk_delete", "personBulkDelete");
        routes.put("GET " + PROJECT + "/feature_flags", "flagPage");
        routes.put("POST " + PROJECT + "/feature_flags", "flag");
        routes.put("POST " + PROJECT + "/feature_flags/bulk_delete", "flagBulkDelete");
        routes.put("GET " + PROJECT + "/feature_flags/[^/]+/dependent_flags", "dependentFlags");
        routes.put("GET " + PROJECT + "/feature_flags/[^/]+/remote_config", "remoteConfig");
        routes.put("POST " + PROJECT + "/feature_flags/[^/]+/(?:enable|disable|archive|unarchive)", "flag");
        routes.put("(?:GET|PATCH|PUT) " + PROJECT + "/feature_flags/[^/]+", "flag");
        routes.put("GET " + PROJECT + "/insights", "insightPage");
        routes.put("(?:GET|PATCH|PUT) " + PROJECT + "/insights/[^/]+", "insight");
        routes.put("GET " + PROJECT + "/dashboards", "dashboardPage");
        routes.put("(?:GET|PATCH|PUT) " + PROJECT + "/dashboards/[^/]+", "dashboard");
        routes.put("GET " + PROJECT + "/event_definitions", "eventDefinitionPage");
        routes.put("(?:GET|PATCH) " + PROJECT + "/event_definitions/[^/]+", "eventDefinition");
        routes.put("GET " + PROJECT + "/property_definitions", "propertyDefinitionPage");
        routes.put("(?:GET|PATCH) " + PROJECT + "/property_definitions/[^/]+", "propertyDefinition");
        routes.put("GET " + PROJECT + "/cohorts", "cohortPage");
        routes.put("GET " + PROJECT + "/cohorts/[^/]+/persons", "cohortPersonPage");
        routes.put("(?:GET|PATCH) " + PROJECT + "/cohorts/[^/]+", "cohort");
        routes.put("POST " + PROJECT + "/query(?:/[^/]+)?", "queryResult");
        routes.put("GET " + PROJECT + "/query/[^/]+", "queryStatusAnswer");
        routes.put("DELETE " + PROJECT + "/query/[^/]+", "message");
        routes.put("GET (?:/flags/definitions|/api/feature_flag/local_evaluation)", "flagDefinitions");
        routes.put("POST /flags\\?v=2", "evaluatedFlags");
        routes.put("POST /flags\\?v=3", "typedFlags");
        routes.put("POST /flags", "flagValues");
        routes.put("GET /api/organizations/[^/]+", "organization");
        routes.put("GET " + PROJECT + "/groups_types", "groupTypes");
        routes.put("GET " + PROJECT + "/groups", "groupPage");
        routes.put("GET " + PROJECT + "/groups/find", "group");
        routes.put("GET " + PROJECT + "/session_recordings", "recordingPage");
        routes.put("GET " + PROJECT + "/session_recordings/[^/]+", "recording");
        routes.put("POST " + PROJECT + "/batch_exports/[^/]+/(?:un)?pause", "paused");
        routes.put("GET " + PROJECT + RESOURCES, "resourcePage");
        routes.put("POST " + PROJECT + RESOURCES, "resource");
        routes.put("(?:GET|PATCH|PUT) " + PROJECT + RESOURCES + "/[^/]+", "resource");
        routes.put("DELETE " + PROJECT + "/(?:surveys|early_access_feature|batch_exports|session_recordings|notebooks)/[^/]+",
                "empty");
        Map<Pattern, String> patterns = new LinkedHashMap<>();
        routes.forEach((route, definition) -> patterns.put(Pattern.compile(route), definition));
        return patterns;
    }

    /** Checks an answer of the private API, or of the service that evaluates flags. */
    void check(String method, String path, int status, String body) {
        String pathOnly = path.split("\\?")[0].replaceFirst("/$", "");
        if (pathOnly.startsWith("/flags") || pathOnly.equals("/api/feature_flag/local_evaluation")) {
            checkFlags(method, path.replaceFirst("/\\?", "?"), pathOnly, status, body);
        } else if (pathOnly.startsWith("/api/")) {
            check(definition(method, pathOnly, path, status, body), body);
        }
    }

    private void checkFlags(String method, String path, String pathOnly, int status, String body) {
        if (status == 200) {
            check(ofRoute(method + " " + path).or(() -> ofRoute(method + " " + pathOnly)).orElseThrow(), body);
        } else if (status == 304) {
            check("empty", body);
        } else if (status >= 401 && status <= 403 || status == 429) {
            check("flagsError", body);
        } else {
            assertThatThrownBy(() -> mapper.readTree(body)).as("plain text").isInstanceOf(IOException.class);
        }
    }

    private static Optional<String> ofRoute(String request) {
        return ROUTES.entrySet().stream().filter(route -> route.getKey().matcher(request).matches())
                .map(Map.Entry::getValue).findFirst();
    }

    private String definition(String method, String pathOnly, String path, int status, String body) {
        Optional<String> ofRoute = ofRoute(method + " " + pathOnly);
        if (status == 405 && method.equals("DELETE")
                && pathOnly.matches(".*/(feature_flags|insights|dashboards|cohorts|annotations|actions|experiments)/.*")) {
            return "empty";
        } else if (status == 400 && body.contains("Invalid UUID")) {
            return "eventUuidError";
        } else if (status == 400 && body.contains("\"success\"")) {
            return "lifecycleError";
        } else if (body.contains("\"query_status\":{") && pathOnly.contains("/query")) {
            return "queryStatusAnswer";
        } else if (status >= 400) {
            return "error";
        } else if (ofRoute.orElse("").equals("cohortPage") && path.contains("basic=true")) {
            return "basicCohortPage";
        }
        return ofRoute.orElseThrow(() -> new AssertionError("no schema for " + method + " " + path));
    }

    private void check(String definition, String body) {
        try {
            JsonNode json = body.isEmpty() ? mapper.nullNode() : mapper.readTree(body);
            assertThat(schemas.computeIfAbsent(definition, this::schema).validate(json)).as("%s: %s", definition, body)
                    .isEmpty();
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + body, e);
        }
    }

    private JsonSchema schema(String definition) {
        ObjectNode schema = mapper.createObjectNode().put("$ref", "#/$defs/" + definition);
        schema.set("$defs", definitions);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }
}
