package io.quarkiverse.posthog.emulator.seed;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.api.FlagWriter;
import io.quarkiverse.posthog.emulator.api.InsightCalculator;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.Project;

/** Cohorts, flags, insights and dashboards of the demo shop. */
final class DemoShopDocuments {

    private static final int RESTRICTION = 21;
    private static final int PRIVILEGE = 37;

    private final Project project;
    private final FlagWriter flags;
    private final InsightCalculator calculator;
    private final String created;

    DemoShopDocuments(Project project) {
        this.project = project;
        this.flags = new FlagWriter(project);
        this.calculator = new InsightCalculator(project);
        this.created = TimestampFormats.zulu(project.now().minus(Duration.ofDays(14)));
    }

    void add() {
        if (project.flags().live().findAny().isPresent()) {
            // Flag keys are unique: the shop has been opened before
            return;
        }
        ObjectNode paying = cohort("Paying customers", "person_property", """
                {"properties": {"type": "OR", "values": [{"type": "AND", "values": [
                  {"key": "plan", "type": "person", "value": ["pro", "vip"], "operator": "exact", "negation": false}]}]}}""");
        cohort("Customers in Germany", "person_property", """
                {"properties": {"type": "AND", "values": [
                  {"key": "country", "type": "person", "value": "DE", "operator": "exact", "negation": false}]}}""");
        ObjectNode testers = cohort("Beta testers", "static", "null");
        List.of("ada", "finn", "leo").forEach(distinctId -> project.persons().byDistinctId(distinctId)
                .ifPresent(person -> project.cohorts().addMember(testers.get("id").longValue(), person)));
        flags(paying.get("id").longValue());
        ObjectNode orders = insight("Orders per day", "demoOrd1", "InsightVizNode", """
                {"kind": "TrendsQuery", "interval": "day", "dateRange": {"date_from": "-7d"},
                 "series": [{"kind": "EventsNode", "event": "order placed", "math": "total"}]}""");
        ObjectNode funnel = insight("From visit to order", "demoFun1", "InsightVizNode", """
                {"kind": "FunnelsQuery", "dateRange": {"date_from": "-14d"}, "series": [
                  {"kind": "EventsNode", "event": "$pageview"}, {"kind": "EventsNode", "event": "product viewed"},
                  {"kind": "EventsNode", "event": "order placed"}]}""");
        ObjectNode retention = insight("Returning visitors", "demoRet1", "InsightVizNode",
                "{\"kind\": \"RetentionQuery\", \"retentionFilter\": {\"period\": \"Day\", \"totalIntervals\": 7}}");
        insight("Page views and product views", "demoTre2", "InsightVizNode", """
                {"kind": "TrendsQuery", "interval": "day", "dateRange": {"date_from": "-14d"}, "series": [
                  {"kind": "EventsNode", "event": "$pageview"}, {"kind": "EventsNode", "event": "product viewed"}]}""");
        ObjectNode revenue = insight("Revenue by product", "demoSql1", "DataVisualizationNode", """
                {"kind": "HogQLQuery", "query": "select properties.product as product, sum(properties.amount) as revenue
                 from events where event = 'order placed' group by product order by revenue desc"}"""
                .replace("\n", " "));
        List.of(orders, funnel, retention).forEach(calculator::calculate);
        dashboard("Shop overview", true, List.of(orders, funnel), "**Orders** come from the checkout service.");
        dashboard("Customers", false, List.of(retention, revenue), "Who comes back, and for what.");
    }

    private ObjectNode cohort(String name, String type, String filters) {
        ObjectNode cohort = EmulatorJson.object().put("name", name).put("description", "");
        cohort.putArray("groups");
        cohort.put("deleted", false).set("filters", EmulatorJson.constant(filters));
        cohort.putNull("query").put("version", 1).putNull("pending_version").put("is_calculating", false)
                .set("created_by", project.owner());
        cohort.put("created_at", created).put("last_calculation", created).put("errors_calculating", 0)
                .putNull("last_error_message").put("count", 0).put("is_static", type.equals("static"))
                .put("cohort_type", type).putArray("experiment_set");
        return project.cohorts().documents().add(cohort);
    }

    private void flags(long cohortId) {
        ObjectNode checkout = flag("""
                {"key": "new-checkout", "name": "The new checkout, for half of the customers", "tags": ["checkout"],
                 "filters": {"groups": [{"properties": [], "rollout_percentage": 50, "variant": null}]}}""");
        flag("""
                {"key": "hero-banner", "name": "Which banner greets visitors", "tags": ["marketing"], "filters": {
                  "groups": [{"properties": [], "rollout_percentage": 100, "variant": null}],
                  "multivariate": {"variants": [{"key": "control", "name": "", "rollout_percentage": 50},
                    {"key": "summer", "name": "Summer", "rollout_percentage": 50}]},
                  "payloads": {"summer": {"image": "summer.png", "discount": 10}}}}""");
        flag("""
                {"key": "vip-discount", "name": "A discount for paying customers", "filters": {"groups": [{
                  "properties": [{"key": "id", "type": "cohort", "value": %d, "operator": "in"}],
                  "rollout_percentage": 100, "variant": null}]}}""".formatted(cohortId));
        flag("""
                {"key": "express-checkout", "name": "On top of the new checkout", "tags": ["checkout"], "filters": {"groups": [{
                  "properties": [{"key": "%d", "type": "flag", "value": true, "operator": "flag_evaluates_to"}],
                  "rollout_percentage": 100, "variant": null}]}}""".formatted(checkout.get("id").longValue()));
        flag("""
                {"key": "old-search", "name": "Replaced long ago", "active": false, "archived": true,
                 "filters": {"groups": [{"properties": [], "rollout_percentage": 0, "variant": null}]}}""");
        flag("""
                {"key": "free-shipping", "name": "For customers nearby", "tags": ["checkout"], "filters": {
                  "groups": [{"rollout_percentage": 100, "variant": null, "properties": [
                    {"key": "country", "type": "person", "value": ["DE", "FR"], "operator": "exact"}]}],
                  "payloads": {"true": {"from": 20, "currency": "EUR"}}}}""");
    }

    private ObjectNode flag(String body) {
        return flags.create((ObjectNode) EmulatorJson.constant(body));
    }

    private ObjectNode insight(String name, String shortId, String visualization, String source) {
        ObjectNode insight = EmulatorJson.object().put("short_id", shortId).put("name", name).putNull("derived_name");
        insight.putObject("query").put("kind", visualization).set("source", EmulatorJson.constant(source));
        insight.putNull("order").put("deleted", false).putArray("dashboards");
        insight.putArray("dashboard_tiles");
        insight.putNull("last_refresh").putNull("cache_target_age").putNull("next_allowed_client_refresh")
                .putNull("result").put("hasMore", false).putNull("columns").put("created_at", created)
                .set("created_by", project.owner());
        insight.put("description", "").put("updated_at", created).putArray("tags");
        insight.put("favorited", shortId.equals("demoOrd1")).put("last_modified_at", created)
                .set("last_modified_by", project.owner());
        insight.put("is_sample", false).put("effective_restriction_level", RESTRICTION)
                .put("effective_privilege_level", PRIVILEGE).put("user_access_level", "editor").put("timezone", "UTC")
                .put("is_cached", false).putNull("query_status").putNull("hogql").putNull("types")
                .putNull("resolved_date_range").putArray("alerts");
        insight.putNull("last_viewed_at").put("saved", true);
        return project.insights().add(insight);
    }

    private void dashboard(String name, boolean pinned, List<ObjectNode> insights, String text) {
        ObjectNode dashboard = EmulatorJson.object().put("name", name).put("description", "").put("pinned", pinned)
                .put("created_at", created);
        dashboard.set("created_by", project.owner());
        dashboard.putNull("last_accessed_at").putNull("last_viewed_at").putNull("folder").put("is_shared", false)
                .put("deleted", false).put("creation_mode", "default").putArray("tags");
        dashboard.put("restriction_level", RESTRICTION).put("effective_restriction_level", RESTRICTION)
                .put("effective_privilege_level", PRIVILEGE).put("user_access_level", "editor")
                .put("access_control_version", "v2").putNull("last_refresh").put("team_id", project.id())
                .putNull("search_match_type").putObject("filters");
        dashboard.putObject("variables");
        dashboard.putArray("breakdown_colors");
        dashboard.putNull("data_color_theme_id").putNull("persisted_filters").putNull("persisted_variables")
                .putArray("quick_filter_ids");
        ObjectNode stored = project.dashboards().add(dashboard);
        long id = stored.get("id").longValue();
        ArrayNode tiles = stored.putArray("tiles");
        for (ObjectNode insight : insights) {
            ObjectNode tile = tile(tiles, id);
            tile.put("insight", insight.get("id").longValue());
            ((ArrayNode) insight.get("dashboards")).add(id);
            ((ArrayNode) insight.get("dashboard_tiles")).addObject().put("id", tile.get("id").longValue())
                    .put("dashboard_id", id);
        }
        ObjectNode words = tile(tiles, id).putObject("text").put("id", id).put("body", text);
        words.set("created_by", project.owner());
        words.set("last_modified_by", project.owner());
        words.put("last_modified_at", created);
    }

    private static ObjectNode tile(ArrayNode tiles, long dashboardId) {
        int index = tiles.size();
        ObjectNode tile = tiles.addObject().put("id", 100 * dashboardId + index).putNull("insight").putNull("text")
                .putNull("button_tile").putNull("widget");
        tile.putObject("layouts").putObject("sm").put("x", 6 * (index % 2)).put("y", 5 * (index / 2)).put("w", 6).put("h", 5);
        return tile.putNull("color").put("order", index).putNull("last_refresh").put("is_cached", false)
                .putNull("filters_overrides");
    }
}
