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
 * A saved insight: a question, and the answer as far as it is cached.
 *
 * @param id the numeric id
 * @param shortId the id in links, eight characters
 * @param name the name; may be null or empty
 * @param derivedName the name PostHog made up where there is none; may be null
 * @param description the description; may be null
 * @param query the question, as PostHog has it: an {@code InsightVizNode}, {@code DataVisualizationNode} and so on; may be null
 * @param result the answer: its form depends on the kind of query; null where nothing is cached, or in lists unless asked for
 * @param columns the column names of a table; may be null
 * @param hasMore whether the answer was cut
 * @param isCached whether the answer comes from the cache
 * @param lastRefresh when the answer was computed; may be null
 * @param dashboards the ids of the dashboards it is on, as far as PostHog still says so: use {@code dashboardTiles}
 * @param tags the tags
 * @param favorited whether it is a favorite
 * @param deleted whether it is soft-deleted
 * @param createdAt when it was created; may be null
 * @param createdBy who created it; may be null
 * @param lastModifiedAt when it was last changed; may be null
 * @param lastModifiedBy who last changed it; may be null
 * @param updatedAt when it was last changed in any way; may be null
 * @param lastViewedAt when it was last viewed; may be null
 * @param dashboardTiles where it is on dashboards
 * @param types the ClickHouse types of the columns of a table; may be null
 * @param hogql the query as PostHog ran it; may be null
 * @param queryStatus how far a background computation is; may be null
 * @param additionalProperties every other field PostHog sent, by its JSON name
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
     * A place on a dashboard.
     *
     * @param id the id of the tile
     * @param dashboardId the id of the dashboard
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Tile(long id, long dashboardId) {
    }
}
