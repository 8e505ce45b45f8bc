package io.quarkiverse.posthog.emulator.flags;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.store.FlagValueOverrides.FlagOverride;

/** The definition of a flag that has the same value for all users because of an override. */
final class OverriddenFlag {

    private static final int EVERYBODY = 100;

    private OverriddenFlag() {
    }

    /** A flag that is not among the flags of the project. */
    static ObjectNode unknown(FlagOverride override, long projectId) {
        ObjectNode flag = EmulatorJson.object().put("id", override.id()).put("team_id", projectId).put("name", "")
                .put("key", override.key()).put("deleted", false).put("version", 1).put("evaluation_runtime", "all")
                .put("has_experiment", false);
        flag.putArray("evaluation_contexts");
        return of(flag, override);
    }

    /** A flag of the project, which stays as it is but for its value. */
    static ObjectNode of(ObjectNode definition, FlagOverride override) {
        definition.put("active", true).put("ensure_experience_continuity", false)
                .put("bucketing_identifier", "distinct_id").put("has_encrypted_payloads", false);
        String variant = override.variant();
        JsonNode payload = override.payload() != null ? override.payload()
                : definition.path("filters").path("payloads").path(payloadKey(override));
        ObjectNode filters = EmulatorJson.object();
        ObjectNode condition = filters.putArray("groups").addObject().put("variant", variant)
                .put("rollout_percentage", override.enabled() ? EVERYBODY : 0);
        condition.putArray("properties");
        if (variant == null) {
            filters.putNull("multivariate");
        } else {
            filters.putObject("multivariate").putArray("variants").addObject().put("key", variant).put("name", "")
                    .put("rollout_percentage", EVERYBODY);
        }
        ObjectNode payloads = filters.putObject("payloads");
        if (payload.isTextual()) {
            payloads.set(payloadKey(override), payload);
        }
        filters.putNull("aggregation_group_type_index");
        definition.set("filters", filters);
        return definition;
    }

    private static String payloadKey(FlagOverride override) {
        return override.variant() == null ? "true" : override.variant();
    }
}
