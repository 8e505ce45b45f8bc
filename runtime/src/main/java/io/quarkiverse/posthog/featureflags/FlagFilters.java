package io.quarkiverse.posthog.featureflags;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * The condition sets, variants and payloads of a feature flag. Immutable: each method returns a modified copy.
 *
 * <pre>{@code
 * FlagFilters.create()
 *         .condition(FlagCondition.where(PropertyFilter.person("plan", "pro")).rollout(100))
 *         .condition(FlagCondition.everyone().rollout(10))
 *         .variant("control", 50)
 *         .variant("test", 50)
 *         .payload("test", Map.of("color", "green"));
 * }</pre>
 *
 * @param groups the condition sets, one of which must match
 * @param multivariate the variants; null for a boolean flag
 * @param payloads the payloads as JSON text, by variant key or {@code true}
 * @param aggregationGroupTypeIndex the index of the targeted group type; null to target persons
 * @param additionalProperties all other fields of the response, by their JSON names
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlagFilters(List<FlagCondition> groups, Multivariate multivariate,
        @JsonDeserialize(contentUsing = PayloadDeserializer.class) Map<String, String> payloads,
        Integer aggregationGroupTypeIndex, @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

    public FlagFilters {
        groups = groups == null ? List.of() : List.copyOf(groups);
        payloads = payloads == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(payloads));
        additionalProperties = additionalProperties == null ? Map.of() : Collections.unmodifiableMap(additionalProperties);
    }

    /** Returns filters without condition sets. A new flag without condition sets is on for all persons. */
    public static FlagFilters create() {
        return new FlagFilters(List.of(), null, Map.of(), null, Map.of());
    }

    /** Adds a condition set. The flag is on if at least one condition set matches. */
    @CheckReturnValue
    public FlagFilters condition(FlagCondition condition) {
        List<FlagCondition> all = new ArrayList<>(groups);
        all.add(condition);
        return new FlagFilters(all, multivariate, payloads, aggregationGroupTypeIndex, additionalProperties);
    }

    /** Adds a variant, or changes the variant with this key. The percentages of all variants must add up to 100. */
    @CheckReturnValue
    public FlagFilters variant(String key, double rolloutPercentage) {
        return variant(FlagVariant.of(key, rolloutPercentage));
    }

    /** Adds a variant, or replaces the variant with the same key. The percentages of all variants must add up to 100. */
    @CheckReturnValue
    public FlagFilters variant(FlagVariant variant) {
        Multivariate before = multivariate == null ? new Multivariate(List.of(), Map.of()) : multivariate;
        List<FlagVariant> all = new ArrayList<>(before.variants());
        all.replaceAll(other -> other.key().equals(variant.key()) ? variant : other);
        if (!all.contains(variant)) {
            all.add(variant);
        }
        return new FlagFilters(groups, new Multivariate(all, before.additionalProperties()), payloads,
                aggregationGroupTypeIndex, additionalProperties);
    }

    /** Turns the flag into a boolean flag, by removing variants and their payloads. */
    @CheckReturnValue
    public FlagFilters withoutVariants() {
        return new FlagFilters(groups, null, Map.of(), aggregationGroupTypeIndex, additionalProperties);
    }

    /**
     * Sets the payload of a variant.
     *
     * @param variant the key of the variant, or {@code "true"} for a flag without variants
     * @param payload any value that Jackson can write as JSON; text becomes a JSON string
     */
    @CheckReturnValue
    public FlagFilters payload(String variant, Object payload) {
        Map<String, String> all = new LinkedHashMap<>(payloads);
        all.put(variant, Payloads.write(payload));
        return new FlagFilters(groups, multivariate, all, aggregationGroupTypeIndex, additionalProperties);
    }

    /** Removes the payload of a variant. */
    @CheckReturnValue
    public FlagFilters withoutPayload(String variant) {
        Map<String, String> all = new LinkedHashMap<>(payloads);
        all.remove(variant);
        return new FlagFilters(groups, multivariate, all, aggregationGroupTypeIndex, additionalProperties);
    }

    /** Sets the payload of a flag without variants. */
    @CheckReturnValue
    public FlagFilters payload(Object payload) {
        return payload("true", payload);
    }

    /**
     * Returns the payload of a variant.
     *
     * @param variant the key of the variant, or {@code "true"} for a flag without variants
     * @throws IllegalArgumentException if the payload cannot be converted to this type
     */
    public <T> Optional<T> payloadAs(String variant, Class<T> type) {
        return Optional.ofNullable(payloads.get(variant)).map(json -> Payloads.read(json, type));
    }

    /** Targets groups instead of persons. The index of the group type can be found in the PostHog project settings. */
    @CheckReturnValue
    public FlagFilters groupType(int groupTypeIndex) {
        return new FlagFilters(groups, multivariate, payloads, groupTypeIndex, additionalProperties);
    }

    /**
     * The variants of a flag.
     *
     * @param variants the variants; their percentages add up to 100
     * @param additionalProperties all other fields of the response, by their JSON names
     */
    public record Multivariate(List<FlagVariant> variants,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> additionalProperties) {

        public Multivariate {
            variants = variants == null ? List.of() : List.copyOf(variants);
            additionalProperties = additionalProperties == null ? Map.of()
                    : Collections.unmodifiableMap(new LinkedHashMap<>(additionalProperties));
        }
    }
}
