package io.quarkiverse.posthog.emulator.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.RateLimitGroup;

/**
 * A resource that is stored as it is sent: its name in paths, and the rules in which PostHog's resources differ.
 *
 * @param scope the scope of the key, without {@code :read} or {@code :write}
 * @param uuid whether the IDs are UUIDs, otherwise numbers
 * @param softDeleted whether it is deleted with {@code PATCH}, and {@code DELETE} is rejected
 * @param pageSize the default number of items of a page
 * @param searched the fields in which {@code search} finds text
 * @param orderedBy the field by which lists are ordered, the latest first
 * @param required the fields that a new item must have
 * @param defaults the fields of a new item
 */
record ResourceKind(String name, String scope, RateLimitGroup rateClass, boolean uuid, boolean softDeleted, int pageSize,
        List<String> searched, String orderedBy, List<String> required, ObjectNode defaults) {

    /** The resources with code of their own. */
    static final Set<String> SERVED_BY_OTHERS = Set.of("cohorts", "dashboards", "event_definitions", "events", "feature_flags",
            "groups", "groups_types", "insights", "persons", "property_definitions", "query");

    private static final int PAGE_SIZE = 100;

    /** Recordings are created by SDKs only. */
    static final ResourceKind RECORDINGS = new ResourceKind("session_recordings", "session_recording",
            RateLimitGroup.CLICKHOUSE, true, false, 50, List.of(), "start_time", List.of(), EmulatorJson.object());

    static final ResourceKind BATCH_EXPORTS = deleted("batch_exports", "batch_export",
            List.of("name", "destination", "interval"), """
                    {"name": "", "model": "events", "destination": null, "interval": "hour", "paused": false,
                     "last_paused_at": null, "start_at": null, "end_at": null, "hogql_query": null, "filters": null,
                     "latest_runs": []}""");

    /** The resources that also exist without items. */
    static final List<ResourceKind> KINDS = List.of(
            new ResourceKind("annotations", "annotation", RateLimitGroup.DEFAULT, false, true, 1000, List.of("content"),
                    "date_marker", List.of(), defaults("""
                            {"content": null, "date_marker": null, "creation_type": "USR", "dashboard_item": null,
                             "dashboard_id": null, "insight_short_id": null, "scope": "project", "deleted": false}""")),
            softDeleted("actions", "action", List.of("name", "description"), List.of(), """
                    {"name": null, "description": "", "post_to_slack": false, "slack_message_format": "", "steps": [],
                     "deleted": false, "is_calculating": false, "last_calculated_at": null, "tags": [], "pinned_at": null}"""),
            softDeleted("experiments", "experiment", List.of("name"), List.of("name", "feature_flag_key"), """
                    {"name": "", "description": "", "feature_flag_key": null, "start_date": null, "end_date": null,
                     "holdout_id": null, "parameters": {}, "filters": {}, "archived": false, "deleted": false,
                     "type": "product", "metrics": [], "metrics_secondary": [], "saved_metrics": []}"""),
            deleted("surveys", "survey", List.of("name", "type"), """
                    {"name": "", "description": "", "type": "popover", "linked_flag_id": null, "questions": [],
                     "conditions": null, "appearance": null, "start_date": null, "end_date": null, "archived": false,
                     "responses_limit": null, "schedule": "once"}"""),
            deleted("early_access_feature", "early_access_feature", List.of("name", "stage"), """
                    {"name": "", "description": "", "stage": "draft", "documentation_url": "", "payload": {},
                     "feature_flag": null}"""),
            BATCH_EXPORTS);

    private static ResourceKind softDeleted(String name, String scope, List<String> searched, List<String> required,
            String defaults) {
        return new ResourceKind(name, scope, RateLimitGroup.DEFAULT, false, true, PAGE_SIZE, searched, "created_at", required,
                defaults(defaults));
    }

    private static ResourceKind deleted(String name, String scope, List<String> required, String defaults) {
        return new ResourceKind(name, scope, RateLimitGroup.DEFAULT, true, false, PAGE_SIZE, List.of("name", "description"),
                "created_at", required, defaults(defaults));
    }

    /** Returns the rules for a resource that exists only because its items were stored with the control API. */
    static ResourceKind other(String name) {
        return new ResourceKind(name, null, RateLimitGroup.DEFAULT, false, false, PAGE_SIZE,
                List.of("name", "title", "key", "description"), "created_at", List.of(), EmulatorJson.object());
    }

    static Optional<ResourceKind> known(String name) {
        return Stream.concat(KINDS.stream(), Stream.of(RECORDINGS)).filter(kind -> kind.name.equals(name)).findFirst();
    }

    private static ObjectNode defaults(String json) {
        return (ObjectNode) EmulatorJson.constant(json);
    }

    String[] scopes(String access) {
        return scope == null ? new String[0] : new String[] { scope + ":" + access };
    }
}
