package io.quarkiverse.posthog.events;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * An element of the page that autocapture recorded, from the clicked one outwards.
 *
 * @param text the visible text
 * @param tagName the HTML tag
 * @param attrClass the CSS classes
 * @param href the link target
 * @param attrId the HTML id
 * @param nthChild the position among all siblings, from 1
 * @param nthOfType the position among siblings of the same tag, from 1
 * @param attributes all recorded attributes
 * @param order the position in the chain, from 0
 * @param additionalProperties all other fields of the response, by their JSON names
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record EventElement(String text, String tagName, List<String> attrClass, String href, String attrId,
        Integer nthChild, Integer nthOfType, Map<String, Object> attributes, Integer order,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public EventElement {
        attrClass = attrClass == null ? List.of() : Collections.unmodifiableList(attrClass);
        attributes = attributes == null ? Map.of() : Collections.unmodifiableMap(attributes);
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }
}
