package io.quarkiverse.posthog.runtime.flags;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The body of {@code POST /flags}.
 *
 * @param keys empty for all flags
 */
record FlagRequest(@JsonProperty("token") String token,
        @JsonProperty("distinct_id") String distinctId,
        @JsonProperty("$device_id") @JsonInclude(Include.NON_NULL) String deviceId,
        @JsonProperty("groups") Map<String, String> groups,
        @JsonProperty("person_properties") Map<String, Object> personProperties,
        @JsonProperty("group_properties") Map<String, Map<String, Object>> groupProperties,
        @JsonProperty("geoip_disable") boolean geoipDisable,
        @JsonProperty("flag_keys_to_evaluate") @JsonInclude(Include.NON_EMPTY) Set<String> keys) {

    /** Otherwise PostHog guesses from the user agent, and leaves out flags that are for servers only. */
    @JsonProperty("evaluation_runtime")
    String runtime() {
        return "server";
    }
}
