package io.quarkiverse.posthog.emulator.api;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.ApiRoutes;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.ListPage;
import io.quarkiverse.posthog.emulator.http.RateLimitGroup;
import io.quarkiverse.posthog.emulator.store.DocumentStore;
import io.quarkiverse.posthog.emulator.store.Project;

/** Feature flags: reading, writing and their lifecycle. */
public final class FeatureFlagsApi {

    private final Project project;
    private final FlagFiltersNormalizer filters;
    private final FlagWriter writer;

    public FeatureFlagsApi(Project project) {
        this.project = project;
        this.filters = new FlagFiltersNormalizer(project);
        this.writer = new FlagWriter(project);
    }

    public void addTo(ApiRoutes routes) {
        routes.resource(RateLimitGroup.REMOTE_CONFIG, "feature_flag:read").orSecureKey()
                .get("/feature_flags/:id/remote_config", this::remoteConfig);
        routes.resource(RateLimitGroup.DEFAULT, "feature_flag:read")
                .get("/feature_flags", this::list)
                .get("/feature_flags/:id", request -> EmulatorResponse.ok(toJson(require(request))))
                .get("/feature_flags/:id/dependent_flags", this::dependentFlags);
        routes.resource(RateLimitGroup.DEFAULT, "feature_flag:write")
                .post("/feature_flags", this::create)
                .post("/feature_flags/bulk_delete", this::bulkDelete)
                .post("/feature_flags/:id/enable", request -> lifecycle(request, "active", true))
                .post("/feature_flags/:id/disable", request -> lifecycle(request, "active", false))
                .post("/feature_flags/:id/archive", request -> lifecycle(request, "archived", true))
                .post("/feature_flags/:id/unarchive", request -> lifecycle(request, "archived", false))
                .patch("/feature_flags/:id", this::update)
                .on("PUT", "/feature_flags/:id", this::update)
                .rejectDelete("/feature_flags/:id");
    }

    private EmulatorResponse list(ApiRequest request) {
        return new ListPage(request).counted(new FlagListQuery(request).apply(project.flags().live()), this::toJson);
    }

    private EmulatorResponse create(ApiRequest request) {
        return EmulatorResponse.of(201, toJson(writer.create(request.body())));
    }

    private EmulatorResponse update(ApiRequest request) {
        return EmulatorResponse.ok(toJson(writer.update(require(request), request.body())));
    }

    private ObjectNode require(ApiRequest request) {
        return project.flags().find(request.pathId("id")).orElseThrow(ApiException::notFound);
    }

    /** Turns a switch of the flag; turning it to where it is changes nothing. */
    private EmulatorResponse lifecycle(ApiRequest request, String field, boolean value) {
        ObjectNode flag = require(request);
        if (DocumentStore.isDeleted(flag)) {
            throw ApiException.of(400, EmulatorJson.object().put("success", false).put("error", "Flag has been deleted"));
        }
        boolean changes = flag.get(field).booleanValue() != value;
        return EmulatorResponse.ok(toJson(changes ? writer.update(flag, change(flag, field, value)) : flag));
    }

    private static ObjectNode change(ObjectNode flag, String field, boolean value) {
        ObjectNode change = EmulatorJson.object().put(field, value);
        change.set("version", flag.get("version"));
        return change;
    }

    private EmulatorResponse bulkDelete(ApiRequest request) {
        JsonNode ids = request.body().path("ids");
        if (!ids.isArray()) {
            throw ApiException.invalid("required", "This field is required.", "ids");
        }
        ArrayNode deleted = EmulatorJson.array();
        ArrayNode errors = EmulatorJson.array();
        for (JsonNode id : ids) {
            Optional<ObjectNode> flag = project.flags().find(id.asLong()).filter(found -> !DocumentStore.isDeleted(found));
            if (flag.isEmpty()) {
                errors.addObject().put("id", id.asLong()).put("reason", "Flag not found");
                continue;
            }
            ObjectNode summary = summary(flag.get());
            try {
                writer.update(flag.get(), change(flag.get(), "deleted", true));
                deleted.add(summary);
            } catch (ApiException e) {
                errors.addObject().put("id", id.asLong()).put("key", flag.get().get("key").textValue())
                        .put("reason", EmulatorJson.constant(e.response().body()).path("detail").asText());
            }
        }
        ObjectNode result = EmulatorJson.object();
        result.set("deleted", deleted);
        result.set("errors", errors);
        return EmulatorResponse.ok(result);
    }

    private static ObjectNode summary(ObjectNode flag) {
        return EmulatorJson.object().put("id", flag.get("id").longValue()).put("key", flag.get("key").textValue())
                .put("rollout_state", rolloutState(flag)).putNull("active_variant");
    }

    private static String rolloutState(ObjectNode flag) {
        boolean everyone = flag.path("filters").path("groups").valueStream()
                .anyMatch(group -> group.path("properties").isEmpty() && group.path("rollout_percentage").asDouble(100) == 100);
        if (!flag.get("active").booleanValue()) {
            return "not_rolled_out";
        }
        return everyone ? "fully_rolled_out" : "partial";
    }

    private EmulatorResponse dependentFlags(ApiRequest request) {
        ArrayNode dependents = EmulatorJson.array();
        writer.dependents(require(request)).forEach(flag -> dependents.addObject().put("id", flag.get("id").longValue())
                .put("key", flag.get("key").textValue()).put("name", flag.get("name").textValue()));
        return EmulatorResponse.ok(dependents);
    }

    /** The payload as it is stored: JSON within a JSON text. */
    private EmulatorResponse remoteConfig(ApiRequest request) {
        String idOrKey = request.path("id");
        ObjectNode flag = project.flags().live()
                .filter(f -> f.get("key").textValue().equals(idOrKey) || f.get("id").asText().equals(idOrKey))
                .filter(f -> f.path("is_remote_configuration").booleanValue()).findFirst()
                .orElseThrow(ApiException::notFound);
        JsonNode payload = flag.path("filters").path("payloads").path("true");
        return EmulatorResponse.ok(payload.isMissingNode() ? EmulatorJson.of(null) : payload);
    }

    private ObjectNode toJson(ObjectNode flag) {
        ObjectNode json = flag.deepCopy();
        json.set("filters", filters.withCohortNames(flag.get("filters")));
        boolean active = flag.get("active").booleanValue();
        return json.put("status", DocumentStore.isDeleted(flag) ? "DELETED" : active ? "ACTIVE" : "INACTIVE");
    }
}
