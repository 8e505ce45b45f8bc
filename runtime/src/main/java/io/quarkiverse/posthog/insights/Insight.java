package io.quarkiverse.posthog.insights;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.quarkiverse.posthog.User;

/**
 * A saved insight, with its query and its cached result.
 *
 * @param id the numeric ID
 * @param shortId the ID in links, eight characters
 * @param name the name; may be null or empty
 * @param derivedName the name that PostHog generated if the insight has none; may be null
 * @param description the description; may be null
 * @param query the query, such as an {@code InsightVizNode} or {@code DataVisualizationNode}; may be null
 * @param result the result, whose form depends on the query; null if it is not cached, or in lists without results
 * @param columns the column names of a table; may be null
 * @param hasMore whether the result was truncated
 * @param isCached whether the result comes from the cache
 * @param lastRefresh when the result was computed; may be null
 * @param dashboards the IDs of its dashboards, possibly incomplete; prefer {@code dashboardTiles}
 * @param tags the tags
 * @param favorited whether it is a favorite
 * @param deleted whether it is soft-deleted
 * @param createdAt when it was created; may be null
 * @param createdBy the user who created it; may be null
 * @param lastModifiedAt when it was last changed; may be null
 * @param lastModifiedBy the user who last changed it; may be null
 * @param updatedAt when it was last changed in any way; may be null
 * @param lastViewedAt when it was last viewed; may be null
 * @param dashboardTiles the tiles of dashboards that show the insight
 * @param types the ClickHouse types of the columns of a table; may be null
 * @param hogql the query as PostHog ran it; may be null
 * @param queryStatus the status of a computation in the background; may be null
 * @param additionalProperties all other fields of the response, by their JSON names
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Insight(long id, String shortId, String name, String derivedName, String description, JsonNode query,
        JsonNode result, List<String> columns, @JsonProperty("hasMore") boolean hasMore, boolean isCached,
        Instant lastRefresh, List<Long> dashboards, List<String> tags, boolean favorited, boolean deleted, Instant createdAt,
        User createdBy, Instant lastModifiedAt, User lastModifiedBy,
        Instant updatedAt, Instant lastViewedAt, List<Tile> dashboardTiles, JsonNode types,
        String hogql, JsonNode queryStatus,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public Insight {
        columns = columns == null ? null : Collections.unmodifiableList(columns);
        dashboardTiles = dashboardTiles == null ? List.of() : Collections.unmodifiableList(dashboardTiles);
        types = types == null || types.isNull() ? null : types;
        queryStatus = queryStatus == null || queryStatus.isNull() ? null : queryStatus;
        query = query == null || query.isNull() ? null : query;
        result = result == null || result.isNull() ? null : result;
        dashboards = dashboards == null ? List.of() : Collections.unmodifiableList(dashboards);
        tags = tags == null ? List.of() : Collections.unmodifiableList(tags);
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }

    /**
     * A tile of a dashboard that shows the insight.
     *
     * @param id the ID of the tile
     * @param dashboardId the ID of the dashboard
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Tile(long id, long dashboardId) {
    }
}
