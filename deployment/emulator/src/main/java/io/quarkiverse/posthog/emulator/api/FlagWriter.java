package io.quarkiverse.posthog.emulator.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.DocumentStore;
import io.quarkiverse.posthog.emulator.store.Project;

/** Creates and changes feature flags. */
public final class FlagWriter {

    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final int MAX_KEY = 400;
    /** The fields that a client may write, in addition to the key and the filters. Other fields are ignored. */
    private static final Map<String, Predicate<JsonNode>> WRITABLE = Map.ofEntries(
            Map.entry("name", JsonNode::isTextual),
            Map.entry("active", JsonNode::isBoolean),
            Map.entry("archived", JsonNode::isBoolean),
            Map.entry("deleted", JsonNode::isBoolean),
            Map.entry("ensure_experience_continuity", node -> node.isBoolean() || node.isNull()),
            Map.entry("has_enriched_analytics", node -> node.isBoolean() || node.isNull()),
            Map.entry("is_remote_configuration", node -> node.isBoolean() || node.isNull()),
            Map.entry("has_encrypted_payloads", node -> node.isBoolean() || node.isNull()),
            Map.entry("evaluation_runtime", node -> List.of("server", "client", "all", "null").contains(node.asText())),
            Map.entry("bucketing_identifier", node -> List.of("distinct_id", "device_id", "null").contains(node.asText())),
            Map.entry("tags", JsonNode::isArray),
            Map.entry("evaluation_contexts", JsonNode::isArray),
            Map.entry("analytics_dashboards", JsonNode::isArray));
    private static final String DEFAULTS = """
            {"name": "", "key": "", "filters": {}, "deleted": false, "active": true, "archived": false,
             "created_by": null, "created_at": null, "updated_at": null, "version": 1, "last_modified_by": null,
             "ensure_experience_continuity": false, "experiment_set": [], "experiment_set_metadata": [],
             "surveys": [], "features": [], "can_edit": true, "tags": [], "evaluation_contexts": [],
             "usage_dashboard": null, "analytics_dashboards": [], "has_enriched_analytics": false,
             "user_access_level": "editor", "is_remote_configuration": false, "has_encrypted_payloads": false,
             "status": "ACTIVE", "evaluation_runtime": "all", "bucketing_identifier": "distinct_id",
             "last_called_at": null, "is_used_in_replay_settings": false, "is_eligible_for_experiment": true}""";

    private final Project project;
    private final FlagFiltersNormalizer filters;

    public FlagWriter(Project project) {
        this.project = project;
        this.filters = new FlagFiltersNormalizer(project);
    }

    public ObjectNode create(ObjectNode body) {
        if (!body.has("key")) {
            throw ApiException.invalid("required", "This field is required.", "key");
        }
        requireUsableKey(body.get("key"), null);
        boolean ordered = OrderedRulesWriter.isOrdered(body);
        if (ordered) {
            OrderedRulesWriter.checkNew(body, WRITABLE.keySet());
        } else if (body.has("filters") && !body.path("filters").has("version")
                && body.path("filters").path("groups").isEmpty()) {
            throw ApiException.invalid("invalid_input", "Feature flags must have at least one condition set (group).",
                    "filters");
        }
        ObjectNode flag = (ObjectNode) EmulatorJson.constant(DEFAULTS);
        copyWritable(body, flag);
        if (ordered) {
            flag.put("active", false);
            flag.set("filters", OrderedRulesWriter.complete(body.get("filters"), null));
        } else {
            flag.set("filters", filters.merged(EmulatorJson.object(),
                    body.has("filters") ? body.get("filters") : FlagFiltersNormalizer.defaults(), 0));
        }
        requireConsistent(flag);
        flag.set("key", body.get("key"));
        flag.set("created_by", project.owner());
        flag.put("created_at", TimestampFormats.zulu(project.now()));
        dropTombstones(body.get("key").textValue());
        return touched(project.flags().add(flag), 1);
    }

    ObjectNode update(ObjectNode flag, ObjectNode patch) {
        boolean ordered = OrderedRulesWriter.isOrdered(flag);
        if (ordered) {
            OrderedRulesWriter.checkUpdate(flag, patch, WRITABLE.keySet());
        } else {
            FlagConflicts.check(flag, patch);
        }
        ObjectNode changed = flag.deepCopy();
        if (patch.has("key") && !patch.get("key").equals(flag.get("key"))) {
            requireUsableKey(patch.get("key"), flag);
            changed.set("key", patch.get("key"));
        }
        copyWritable(patch, changed);
        if (ordered && patch.has("filters")) {
            changed.set("filters", OrderedRulesWriter.complete(patch.get("filters"), flag.get("filters")));
        } else if (patch.has("filters")) {
            changed.set("filters", filters.merged((ObjectNode) flag.get("filters"), patch.get("filters"),
                    flag.get("id").longValue()));
        }
        if (DocumentStore.isDeleted(changed) && !DocumentStore.isDeleted(flag)) {
            requireNoDependents(flag);
            changed.put("active", false);
        } else if (DocumentStore.isDeleted(flag) && !DocumentStore.isDeleted(changed)) {
            changed.put("key", freeKey(changed.get("key").textValue()));
        }
        requireConsistent(changed);
        if (!changed.get("key").equals(flag.get("key"))) {
            dropTombstones(changed.get("key").textValue());
        }
        flag.setAll(changed);
        return touched(flag, flag.get("version").intValue() + 1);
    }

    private ObjectNode touched(ObjectNode flag, int version) {
        flag.put("updated_at", TimestampFormats.zulu(project.now())).put("version", version);
        flag.set("last_modified_by", project.owner());
        return flag;
    }

    private static void copyWritable(ObjectNode from, ObjectNode to) {
        WRITABLE.forEach((field, valid) -> {
            JsonNode value = from.get(field);
            if (value != null && !valid.test(value)) {
                throw ApiException.invalid("invalid_input", "Not a valid value.", field);
            } else if (value != null) {
                to.set(field, value);
            }
        });
    }

    private void requireUsableKey(JsonNode key, ObjectNode self) {
        String text = key.asText();
        if (text.length() > MAX_KEY) {
            throw ApiException.invalid("max_length", "Ensure this field has no more than 400 characters.", "key");
        } else if (!key.isTextual() || !KEY.matcher(text).matches()) {
            throw ApiException.invalid("invalid_key", "Only letters, numbers, hyphens (-) & underscores (_) are allowed.",
                    "key");
        } else if (holder(text).filter(flag -> flag != self).isPresent()) {
            throw ApiException.invalid("unique", "There is already a feature flag with this key.", "key");
        }
    }

    private Optional<ObjectNode> holder(String key) {
        return project.flags().live().filter(flag -> flag.get("key").textValue().equals(key)).findFirst();
    }

    /** A key is unique, so a soft-deleted flag with this key is removed permanently. */
    private void dropTombstones(String key) {
        project.flags().all().filter(flag -> DocumentStore.isDeleted(flag) && flag.get("key").textValue().equals(key)).toList()
                .forEach(project.flags()::remove);
    }

    private String freeKey(String key) {
        return holder(key).isEmpty() ? key
                : IntStream.iterate(2, n -> n + 1).mapToObj(n -> key + "-" + n).filter(k -> holder(k).isEmpty()).findFirst()
                        .orElseThrow();
    }

    private static void requireConsistent(ObjectNode flag) {
        boolean archived = flag.path("archived").booleanValue();
        if (archived && flag.path("active").booleanValue()) {
            throw ApiException.invalid("invalid_input", "An archived feature flag cannot be active.", "archived");
        } else if (flag.path("bucketing_identifier").asText().equals("device_id")
                && flag.path("ensure_experience_continuity").booleanValue()) {
            throw ApiException.invalid("invalid_input",
                    "Experience continuity cannot be combined with bucketing by device.", "ensure_experience_continuity");
        }
    }

    private void requireNoDependents(ObjectNode flag) {
        List<ObjectNode> dependents = dependents(flag);
        if (!dependents.isEmpty()) {
            String names = String.join(", ", dependents.stream()
                    .map(other -> other.get("key").textValue() + " (ID: " + other.get("id") + ")").toList());
            throw ApiException.invalid("Cannot delete this feature flag because other flags depend on it: " + names
                    + ". Please update or delete the dependent flags first.");
        }
    }

    /** Active flags with a condition on the given one. */
    List<ObjectNode> dependents(ObjectNode flag) {
        long id = flag.get("id").longValue();
        return project.flags().live().filter(other -> other.get("active").booleanValue())
                .filter(other -> FlagFiltersNormalizer.dependencies(other.get("filters")).anyMatch(key -> key == id)).toList();
    }
}
