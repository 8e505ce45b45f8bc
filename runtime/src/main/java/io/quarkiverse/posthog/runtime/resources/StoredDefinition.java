package io.quarkiverse.posthog.runtime.resources;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The definition of an event or a property in PostHog.
 *
 * @param id the UUID
 * @param description null if there is none
 * @param propertyType such as {@code Numeric}; null for events, and for properties whose type is unknown
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StoredDefinition(String id, String name, String description,
        @JsonProperty("property_type") String propertyType) {
}
