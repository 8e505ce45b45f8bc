package io.quarkiverse.posthog.dashboards;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.quarkiverse.posthog.User;

/**
 * A dashboard.
 *
 * @param id the numeric ID
 * @param name the name; may be null
 * @param description the description
 * @param pinned whether it is pinned to the navigation
 * @param tags the tags
 * @param isShared whether it is shared by link
 * @param deleted whether it is soft-deleted
 * @param createdAt when it was created
 * @param createdBy the user who created it; may be null
 * @param lastAccessedAt when it was last opened; may be null
 * @param filters the filters of all tiles; only set by {@link Dashboards#get}
 * @param tiles the tiles in PostHog's order; only set by {@link Dashboards#get}, empty in lists
 * @param lastViewedAt when it was last viewed; may be null
 * @param folder the folder in PostHog's file tree; may be null
 * @param creationMode the way of creation: {@code default}, {@code template}, {@code duplicate} or {@code unlisted}; other
 *        values are possible
 * @param lastRefresh when its results were computed; may be null
 * @param variables the values of its HogQL variables; only set by {@link Dashboards#get}
 * @param additionalProperties all other fields of the response, by their JSON names
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Dashboard(long id, String name, String description, boolean pinned, List<String> tags, boolean isShared,
        boolean deleted, Instant createdAt, User createdBy, Instant lastAccessedAt, Map<String, Object> filters,
        List<DashboardTile> tiles, Instant lastViewedAt, String folder,
        String creationMode, Instant lastRefresh, Map<String, Object> variables,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public Dashboard {
        tags = tags == null ? List.of() : Collections.unmodifiableList(tags);
        filters = filters == null ? Map.of() : Collections.unmodifiableMap(filters);
        variables = variables == null ? Map.of() : Collections.unmodifiableMap(variables);
        tiles = tiles == null ? List.of() : Collections.unmodifiableList(tiles);
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }
}
