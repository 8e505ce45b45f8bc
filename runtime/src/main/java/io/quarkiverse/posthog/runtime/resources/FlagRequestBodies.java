package io.quarkiverse.posthog.runtime.resources;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.ApiError;
import io.quarkiverse.posthog.PostHogConflictException;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate.RolloutChange;
import io.quarkiverse.posthog.featureflags.FlagCondition;
import io.quarkiverse.posthog.featureflags.FlagFilters;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.runtime.rest.Operation;

/**
 * Builds the bodies of requests that create or change a feature flag.
 * <p>
 * The rollout is always part of a condition set: PostHog ignores a rollout outside of {@code filters.groups}, and rolls out to
 * 100 percent.
 */
final class FlagRequestBodies {

    private static final double EVERYONE = 100;
    /** The version of filters that are ordered rules. */
    private static final double ORDERED_RULES = 2;

    private final Supplier<ObjectMapper> mapper;
    private final String account;
    private final Operation<?> update;

    FlagRequestBodies(Supplier<ObjectMapper> mapper, String account, Operation<?> update) {
        this.mapper = mapper;
        this.account = account;
        this.update = update;
    }

    ObjectNode body(NewFeatureFlag flag) {
        FlagFilters filters = flag.filters();
        if (filters.groups().isEmpty()) {
            double share = flag.rolloutPercentage() == null ? EVERYONE : flag.rolloutPercentage();
            filters = filters.condition(FlagCondition.everyone().rollout(share));
        }
        ObjectNode body = mapper.get().createObjectNode()
                .put("key", flag.key())
                .put("name", flag.name())
                .put("active", flag.active())
                .put("ensure_experience_continuity", flag.ensureExperienceContinuity());
        body.set("filters", filters(filters));
        if (!flag.tags().isEmpty()) {
            body.set("tags", mapper.get().valueToTree(flag.tags()));
        }
        return body;
    }

    /** Returns the fields that the update sets. */
    ObjectNode body(FeatureFlagUpdate change) {
        ObjectNode body = mapper.get().createObjectNode();
        if (change.active() != null) {
            body.put("active", change.active());
        }
        if (change.name() != null) {
            body.put("name", change.name());
        }
        if (change.filters() != null) {
            ObjectNode filters = filters(change.filters());
            // PostHog keeps fields that are not sent, so these must be removed explicitly
            for (String field : List.of("multivariate", "aggregation_group_type_index")) {
                if (!filters.has(field) && !hasOrderedRules(filters)) {
                    filters.putNull(field);
                }
            }
            body.set("filters", filters);
        }
        if (change.ensureExperienceContinuity() != null) {
            body.put("ensure_experience_continuity", change.ensureExperienceContinuity());
        }
        if (change.tags() != null) {
            body.set("tags", mapper.get().valueToTree(change.tags()));
        }
        return body;
    }

    /**
     * Returns the fields that the update sets, with the rollout in the current condition sets.
     *
     * @param current the flag as PostHog sent it, including fields that this version does not support
     */
    ObjectNode body(FeatureFlagUpdate change, ObjectNode current) {
        ObjectNode body = body(change);
        boolean ordered = hasOrderedRules(current.path("filters"));
        if (change.rollout() != null) {
            if (ordered) {
                throw new IllegalArgumentException("Feature flag '" + current.path("key").asText()
                        + "' has ordered rules instead of condition sets; change its filters, or change its rollout in PostHog");
            }
            ObjectNode filters = current.path("filters").isObject() ? current.path("filters").deepCopy()
                    : mapper.get().createObjectNode();
            condition(filters, change.rollout(), current.path("key").asText())
                    .set("rollout_percentage", number(change.rollout().percentage()));
            body.set("filters", filters);
        }
        if (change.expectedVersion() != null) {
            checkVersion(change.expectedVersion(), current);
            // Detects changes between reading and writing; PostHog compares the version only if both fields are present, except
            // for ordered rules, for which it always does
            body.put("version", change.expectedVersion());
            if (!ordered) {
                body.set("original_flag", current);
            }
        }
        return body;
    }

    private void checkVersion(int expected, ObjectNode current) {
        int version = current.path("version").asInt(0);
        if (version != expected) {
            String who = current.at("/last_modified_by/email").asText("another user");
            throw new PostHogConflictException(new ApiError(account, update.name(), 409, "server_error", "conflict",
                    "Feature flag '" + current.path("key").asText() + "' was changed by " + who + " since it was read: it has "
                            + "version " + version + ", not " + expected + ".",
                    null, null, Map.of()));
        }
    }

    private ObjectNode condition(ObjectNode filters, RolloutChange rollout, String key) {
        ArrayNode groups = filters.path("groups") instanceof ArrayNode array ? array : filters.putArray("groups");
        if (groups.isEmpty() && rollout.conditionIndex() == null) {
            ObjectNode everyone = groups.addObject();
            everyone.putArray("properties");
            return everyone;
        }
        int index = rollout.conditionIndex() == null ? obvious(groups, key) : rollout.conditionIndex();
        if (index >= groups.size()) {
            throw new IllegalArgumentException("Feature flag '" + key + "' has no condition " + index + "; it has "
                    + groups.size() + " conditions, numbered from 0");
        }
        return (ObjectNode) groups.get(index);
    }

    /** Returns the index of the condition set for all persons, or of the only one. */
    private static int obvious(ArrayNode groups, String key) {
        List<Integer> forEveryone = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).path("properties").isEmpty()) {
                forEveryone.add(i);
            }
        }
        if (groups.size() == 1) {
            return 0;
        }
        if (forEveryone.size() == 1) {
            return forEveryone.get(0);
        }
        throw new IllegalArgumentException("Feature flag '" + key + "' has " + groups.size() + " conditions, and "
                + (forEveryone.isEmpty() ? "none" : "more than one") + " of them matches all persons; select one "
                + "with rollout(conditionIndex, percentage)");
    }

    /** Returns whether the filters are ordered rules instead of condition sets. */
    private static boolean hasOrderedRules(JsonNode filters) {
        return filters.path("version").isNumber() && filters.path("version").doubleValue() == ORDERED_RULES;
    }

    private ObjectNode filters(FlagFilters filters) {
        ObjectNode tree = mapper.get().valueToTree(filters);
        if (hasOrderedRules(tree)) {
            tree.remove(List.of("groups", "multivariate", "payloads", "aggregation_group_type_index"));
            return tree;
        }
        for (JsonNode group : tree.withArray("groups")) {
            if (!group.hasNonNull("rollout_percentage")) {
                ((ObjectNode) group).set("rollout_percentage", number(EVERYONE));
            }
        }
        return tree;
    }

    /** Returns a number, without decimals if it is whole, as in PostHog. */
    private JsonNode number(double percentage) {
        return percentage == Math.rint(percentage) ? mapper.get().getNodeFactory().numberNode((int) percentage)
                : mapper.get().getNodeFactory().numberNode(percentage);
    }
}
