package io.quarkiverse.posthog.runtime.flags;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.runtime.support.PostHogJsonWriter;

/**
 * The body of {@code POST /flags}.
 *
 * @param keys empty for all flags
 * @param runtime the code of the runtime. Otherwise PostHog guesses it from the user agent, and leaves out flags that are for
 *        servers only
 * @param contexts the evaluation contexts of the application; empty for the flags of all contexts
 */
public record FlagRequest(@JsonProperty("token") String token,
        @JsonProperty("distinct_id") String distinctId,
        @JsonProperty("$device_id") @JsonInclude(Include.NON_NULL) String deviceId,
        @JsonProperty("groups") Map<String, String> groups,
        @JsonProperty("person_properties") Map<String, Object> personProperties,
        @JsonProperty("group_properties") Map<String, Map<String, Object>> groupProperties,
        @JsonProperty("geoip_disable") boolean geoipDisable,
        @JsonProperty("flag_keys_to_evaluate") @JsonInclude(Include.NON_EMPTY) Set<String> keys,
        @JsonProperty("evaluation_contexts") @JsonInclude(Include.NON_EMPTY) List<String> contexts,
        @JsonProperty("evaluation_runtime") String runtime) {

    private static final TypeReference<Map<String, Object>> PROPERTIES = new TypeReference<>() {
    };

    /**
     * Converts the properties to values that any mapper writes in the same way.
     *
     * @throws IllegalArgumentException if a property can't be written as JSON
     */
    FlagRequest converted(Supplier<ObjectMapper> mapper) {
        Map<String, Map<String, Object>> groupValues = new LinkedHashMap<>();
        groupProperties.forEach((type, properties) -> groupValues.put(type, converted(properties, mapper)));
        return new FlagRequest(token, distinctId, deviceId, groups, converted(personProperties, mapper), groupValues,
                geoipDisable, keys, contexts, runtime);
    }

    private static Map<String, Object> converted(Map<String, Object> properties, Supplier<ObjectMapper> mapper) {
        return properties.isEmpty() ? properties : PostHogJsonWriter.convert(mapper.get(), properties, PROPERTIES);
    }
}
