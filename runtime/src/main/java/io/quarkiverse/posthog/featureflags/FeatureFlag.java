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
 * A feature flag as it is managed in PostHog.
 *
 * @param id the numeric ID
 * @param key the key: letters, digits, {@code -} and {@code _}
 * @param name the description in the PostHog UI
 * @param filters the condition sets, variants and payloads
 * @param active whether the flag is enabled
 * @param deleted whether the flag is soft-deleted; {@link FeatureFlags#get(long)} also returns deleted flags
 * @param archived whether the flag is archived, which disables it and hides it from lists
 * @param version the version, which increases with each change, for {@link FeatureFlagUpdate#expectedVersion}
 * @param status the status: {@code ACTIVE}, {@code INACTIVE}, {@code STALE}, {@code DELETED} or {@code UNKNOWN};
 *        other values are possible
 * @param tags the tags
 * @param ensureExperienceContinuity whether a person keeps the value after logging in
 * @param evaluationRuntime the evaluation runtime: {@code server}, {@code client} or {@code all}; may be null
 * @param bucketingIdentifier the ID that is hashed for rollouts: {@code distinct_id} or {@code device_id}; may be null
 * @param isRemoteConfiguration whether the flag is a remote configuration, which only has a payload
 * @param hasEncryptedPayloads whether the payload is encrypted
 * @param experimentSet the IDs of the experiments that use the flag
 * @param createdAt when it was created
 * @param createdBy the user who created it; may be null
 * @param updatedAt when it was last changed; may be null
 * @param lastModifiedBy the user who last changed it; may be null
 * @param lastCalledAt when it was last evaluated; may be null
 * @param additionalProperties all other fields of the response, by their JSON names
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
