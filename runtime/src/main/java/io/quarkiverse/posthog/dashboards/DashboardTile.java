package io.quarkiverse.posthog.dashboards;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.quarkiverse.posthog.insights.Insight;

/**
 * A tile of a dashboard: an insight, a text, a button or a widget. Only one of these components is not null.
 *
 * @param id the numeric ID
 * @param insight the insight, with its cached result
 * @param text the text
 * @param buttonTile the button, in PostHog's form
 * @param widget the widget, in PostHog's form
 * @param order the position; may be null
 * @param color the color; may be null
 * @param layouts the layouts, by screen size
 * @param lastRefresh when its result was computed; may be null
 * @param isCached whether its result comes from the cache
 * @param additionalProperties all other fields of the response, by their JSON names
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DashboardTile(long id, Insight insight, TileText text, Map<String, Object> buttonTile,
        Map<String, Object> widget, Integer order, String color, Map<String, Object> layouts,
        Instant lastRefresh, boolean isCached,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public DashboardTile {
        buttonTile = buttonTile == null ? null : copy(buttonTile);
        widget = widget == null ? null : copy(widget);
        layouts = copy(layouts);
        additionalProperties = copy(additionalProperties);
    }

    private static Map<String, Object> copy(Map<String, Object> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /**
     * A text on a dashboard.
     *
     * @param id the numeric ID
     * @param body the text, in Markdown
     * @param additionalProperties all other fields of the response, by their JSON names
     */
    public record TileText(Long id, String body,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

        public TileText {
            additionalProperties = copy(additionalProperties);
        }
    }
}
