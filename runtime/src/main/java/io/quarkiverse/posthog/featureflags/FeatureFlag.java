package io.quarkiverse.posthog.featureflags;

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
 * A feature flag as it is managed. For whom it is on is a matter of evaluating it.
 *
 * @param id the numeric id
 * @param key what code asks for; letters, digits, {@code -} and {@code _}
 * @param name the text that PostHog's user interface shows as the description
 * @param filters for whom the flag is on
 * @param active whether the flag is switched on at all
 * @param deleted whether the flag is soft-deleted; {@link FeatureFlags#get(long)} also returns deleted flags
 * @param archived whether the flag is archived: switched off and hidden from lists
 * @param version counts the changes of the flag, for {@link FeatureFlagUpdate#ifVersion}
 * @param status PostHog's verdict: {@code ACTIVE}, {@code INACTIVE}, {@code STALE}, {@code DELETED} or {@code UNKNOWN};
 *        may be another one
 * @param tags the tags
 * @param ensureExperienceContinuity whether a person keeps the value when they log in
 * @param evaluationRuntime where it is evaluated: {@code server}, {@code client} or {@code all}; may be null
 * @param bucketingIdentifier what the rollout hashes: {@code distinct_id} or {@code device_id}; may be null
 * @param isRemoteConfiguration whether the flag only delivers its payload
 * @param hasEncryptedPayloads whether the payload is encrypted
 * @param experimentSet the ids of the experiments that use it
 * @param createdAt when it was created
 * @param createdBy who created it; may be null
 * @param updatedAt when it was last changed; may be null
 * @param lastModifiedBy who last changed it; may be null
 * @param lastCalledAt when it was last evaluated; may be null
 * @param additionalProperties every other field PostHog sent, by its JSON name
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record FeatureFlag(long id, String key, String name, FlagFilters filters, boolean active, boolean deleted,
        boolean archived, int version, String status, List<String> tags, Boolean ensureExperienceContinuity,
        String evaluationRuntime, String bucketingIdentifier, Boolean isRemoteConfiguration, Boolean hasEncryptedPayloads,
        List<Long> experimentSet, Instant createdAt, User createdBy, Instant updatedAt, User lastModifiedBy,
        Instant lastCalledAt, @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public FeatureFlag {
        filters = filters == null ? FlagFilters.create() : filters;
        tags = tags == null ? List.of() : Collections.unmodifiableList(tags);
        experimentSet = experimentSet == null ? List.of() : Collections.unmodifiableList(experimentSet);
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }
}
