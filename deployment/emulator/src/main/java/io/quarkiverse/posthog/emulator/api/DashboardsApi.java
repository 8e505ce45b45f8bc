package io.quarkiverse.posthog.emulator.api;

import java.util.Comparator;
import java.util.List;

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

/** Dashboards; a stored tile holds the id of its insight, which is filled in on reading. */
public final class DashboardsApi {

    private static final List<String> TEXTS = List.of("name", "description");
    private static final List<String> FLAGS = List.of("deleted", "pinned");
    /** What only a single dashboard shows. */
    private static final List<String> DETAILS = List.of("filters", "variables", "breakdown_colors", "data_color_theme_id",
            "persisted_filters", "persisted_variables", "quick_filter_ids", "tiles");
    private static final Comparator<ObjectNode> PINNED_FIRST = Comparator
            .comparing((ObjectNode dashboard) -> !dashboard.get("pinned").booleanValue())
            .thenComparing(dashboard -> dashboard.path("name").asText());

    private final Project project;

    public DashboardsApi(Project project) {
        this.project = project;
    }

    public void addTo(ApiRoutes routes) {
        routes.resource(RateLimitGroup.DEFAULT, "dashboard:read")
                .get("/dashboards", this::list)
                .get("/dashboards/:id", request -> EmulatorResponse.ok(detailed(require(request, false))));
        routes.resource(RateLimitGroup.DEFAULT, "dashboard:write")
                .patch("/dashboards/:id", this::update)
                .on("PUT", "/dashboards/:id", this::update)
                .rejectDelete("/dashboards/:id");
    }

    private EmulatorResponse list(ApiRequest request) {
        List<ObjectNode> found = project.dashboards().live()
                .filter(dashboard -> SoftDeletable.isFound(dashboard, request, "name", "description"))
                .sorted(PINNED_FIRST).toList();
        return new ListPage(request).counted(found, dashboard -> dashboard.deepCopy().remove(DETAILS));
    }

    private EmulatorResponse update(ApiRequest request) {
        ObjectNode body = request.body();
        ObjectNode dashboard = require(request, body.has("deleted"));
        SoftDeletable.patch(dashboard, body, TEXTS, FLAGS);
        boolean deletesInsights = DocumentStore.isDeleted(dashboard) && body.path("delete_insights").asBoolean(false);
        if (deletesInsights) {
            dashboard.path("tiles").valueStream().map(tile -> tile.path("insight")).filter(JsonNode::isNumber)
                    .forEach(id -> project.insights().find(id.longValue()).ifPresent(i -> i.put("deleted", true)));
        }
        return EmulatorResponse.ok(detailed(dashboard));
    }

    private ObjectNode require(ApiRequest request, boolean alsoDeleted) {
        return project.dashboards().find(request.pathId("id"))
                .filter(dashboard -> alsoDeleted || !DocumentStore.isDeleted(dashboard)).orElseThrow(ApiException::notFound);
    }

    private ObjectNode detailed(ObjectNode dashboard) {
        ObjectNode json = dashboard.deepCopy();
        ArrayNode tiles = EmulatorJson.array();
        for (JsonNode stored : dashboard.path("tiles")) {
            ObjectNode tile = stored.deepCopy();
            if (stored.path("insight").isNumber()) {
                ObjectNode insight = project.insights().find(stored.get("insight").longValue()).orElseThrow();
                if (DocumentStore.isDeleted(insight)) {
                    continue;
                }
                ObjectNode shown = InsightsApi.toJson(insight);
                tile.set("insight", shown);
                tile.set("last_refresh", shown.get("last_refresh"));
                tile.set("is_cached", shown.get("is_cached"));
            }
            tiles.add(tile);
        }
        json.set("tiles", tiles);
        return json;
    }
}
