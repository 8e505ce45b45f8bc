package io.quarkiverse.posthog.runtime.functions.catalog;

import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.optional;
import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.required;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.featureflags.FlagFilters;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.runtime.functions.FunctionAccount;
import io.quarkiverse.posthog.runtime.functions.FunctionBehavior;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.FunctionError;
import io.quarkiverse.posthog.runtime.functions.FunctionError.Type;
import io.quarkiverse.posthog.runtime.functions.FunctionException;
import io.quarkiverse.posthog.runtime.functions.FunctionParameter;
import io.quarkiverse.posthog.runtime.functions.Invocation;
import io.quarkiverse.posthog.runtime.functions.JsonDifference;
import io.quarkiverse.posthog.runtime.functions.ParameterType;
import io.quarkiverse.posthog.runtime.functions.PreparedWrite;
import io.quarkiverse.posthog.runtime.functions.PreparedWrite.Change;
import io.quarkiverse.posthog.runtime.functions.ResultForm;
import io.quarkiverse.posthog.runtime.functions.arguments.Arguments;
import io.quarkiverse.posthog.runtime.functions.result.Results;
import io.smallrye.mutiny.Uni;

/** Creates, changes, deletes and restores feature flags. */
final class FlagWrites {

    private static final String FLAGS = "feature_flags/";

    private static final Map<String, Object> FILTERS_EXAMPLE = Map.of("groups",
            List.of(Map.of("properties", List.of(), "rollout_percentage", 50)));

    /** The fields that the state of a flag does not have, or that the request repeats unchanged. */
    private static final Set<String> NOT_COMPARED = Set.of("version", "original_flag");

    static final FunctionDefinition CREATE = new FunctionDefinition("posthog_create_feature_flag", "Create a feature flag",
            "Creates a feature flag, for everyone unless rollout_percentage or filters are given. The result has its ID.",
            Effect.ADD,
            List.of(required("name", ParameterType.STRING, "New checkout flow", "The description in PostHog.").maxLength(400),
                    required("key", ParameterType.STRING, "new-checkout", "Lower case with hyphens.").maxLength(400),
                    optional("active", ParameterType.BOOLEAN, true, "Whether to enable it.").withDefault(true),
                    filters("Condition sets (groups), variants and payloads, in PostHog's form."),
                    rollout("0 to 100; everyone unless given."),
                    CommonParameters.dryRun()),
            ResultForm.object(FlagReads.FLAG),
            (FunctionBehavior.Write) FlagWrites::create);

    static final FunctionDefinition UPDATE = new FunctionDefinition("posthog_update_feature_flag", "Update a feature flag",
            "Changes a feature flag, by ID or key. It takes effect in production immediately. rollout_percentage changes the "
                    + "condition set for everyone, or the only one; with several others, pass all filters.",
            Effect.CHANGE,
            List.of(FlagReads.id(),
                    optional("active", ParameterType.BOOLEAN, false, "Whether to enable it."),
                    filters("All condition sets, variants and payloads; replaces the current ones."),
                    rollout("0 to 100."),
                    FlagReads.key(),
                    optional("if_version", ParameterType.INTEGER, 3, "Fail if the flag does not have this version.")
                            .between(0, Integer.MAX_VALUE),
                    CommonParameters.dryRun()),
            ResultForm.object(FlagReads.FLAG),
            (FunctionBehavior.Write) FlagWrites::update);

    static final FunctionDefinition DELETE = new FunctionDefinition("posthog_delete_feature_flag", "Delete a feature flag",
            "Deletes a feature flag, by ID or key, which turns it off for everyone. posthog_restore_feature_flag undoes it.",
            Effect.CHANGE,
            List.of(FlagReads.id(), FlagReads.key(), CommonParameters.dryRun()),
            ResultForm.object(FlagReads.FLAG),
            (FunctionBehavior.Write) (call, detailed) -> withId(call,
                    id -> deleted(call, id, true, detailed)));

    static final FunctionDefinition RESTORE = new FunctionDefinition("posthog_restore_feature_flag",
            "Restore a feature flag", "Restores a deleted feature flag, by ID.", Effect.ADD_ONCE,
            List.of(required("flag_id", ParameterType.INTEGER, 42, "The numeric ID.").between(1, Integer.MAX_VALUE),
                    CommonParameters.dryRun()),
            ResultForm.object(FlagReads.FLAG),
            (FunctionBehavior.Write) (call, detailed) -> withId(call,
                    id -> deleted(call, id, false, detailed)));

    private FlagWrites() {
    }

    private static FunctionParameter filters(String description) {
        return optional("filters", ParameterType.OBJECT, FILTERS_EXAMPLE, description);
    }

    private static FunctionParameter rollout(String description) {
        return optional("rollout_percentage", ParameterType.INTEGER, 50, description).between(0, 100);
    }

    private static Uni<PreparedWrite> create(Invocation call, boolean detailed) {
        Arguments arguments = call.arguments();
        call.account().requirePersonalKey("featureFlags.create");
        NewFeatureFlag flag = NewFeatureFlag.of(arguments.text("key").orElseThrow(), arguments.text("name").orElseThrow())
                .active(arguments.isTrue("active"));
        Optional<FlagFilters> filters = flagFilters(arguments);
        if (filters.isPresent()) {
            requireOneRollout(arguments, !filters.get().groups().isEmpty());
            flag = flag.filters(filters.get());
        }
        if (arguments.has("rollout_percentage")) {
            flag = flag.rollout(arguments.number("rollout_percentage"));
        }
        NewFeatureFlag created = flag;
        return Uni.createFrom().item(new PreparedWrite("POST", call.account().apiPath(FLAGS),
                detailed ? call.account().bodyOf(created) : null,
                "Creates the feature flag " + quoted(created.key()), List.of(),
                () -> written(call, call.account().posthog().featureFlags().create(created))));
    }

    private static Uni<PreparedWrite> update(Invocation call, boolean detailed) {
        Arguments arguments = call.arguments();
        FeatureFlagUpdate update = FeatureFlagUpdate.create();
        if (arguments.bool("active").isPresent()) {
            update = update.active(arguments.isTrue("active"));
        }
        Optional<FlagFilters> filters = flagFilters(arguments);
        if (filters.isPresent()) {
            requireOneRollout(arguments, true);
            update = update.filters(filters.get());
        }
        if (arguments.has("rollout_percentage")) {
            update = update.rollout(arguments.number("rollout_percentage"));
        }
        if (update.equals(FeatureFlagUpdate.create())) {
            throw new FunctionException(FunctionError.of(Type.VALIDATION, "There is nothing to change")
                    .hint("Pass active, filters or rollout_percentage."));
        }
        if (arguments.has("if_version")) {
            update = update.expectedVersion(arguments.number("if_version"));
        }
        FeatureFlagUpdate change = update;
        return withId(call, id -> detailed ? comparedUpdate(call, id, change)
                : Uni.createFrom().item(patch(call, id, null, "Changes the feature flag " + id, List.of(),
                        call.account().posthog().featureFlags().update(id, change))));
    }

    /** Compares with the current state, and requires that it is still the current state when the update is sent. */
    private static Uni<PreparedWrite> comparedUpdate(Invocation call, long id, FeatureFlagUpdate change) {
        FunctionAccount account = call.account();
        return account.flagJson(id).map(current -> {
            ObjectNode body = account.bodyOf(change, current);
            Set<String> fields = new TreeSet<>();
            body.fieldNames().forEachRemaining(fields::add);
            fields.removeAll(NOT_COMPARED);
            FeatureFlagUpdate exact = current.path("version").isInt()
                    ? change.expectedVersion(current.path("version").intValue())
                    : change;
            return patch(call, id, body, "Changes " + named(current), JsonDifference.of(current, body, fields),
                    account.posthog().featureFlags().update(id, exact));
        });
    }

    private static Uni<PreparedWrite> deleted(Invocation call, long id, boolean deleted, boolean detailed) {
        FunctionAccount account = call.account();
        Uni<FeatureFlag> request = deleted ? account.posthog().featureFlags().delete(id)
                : account.posthog().featureFlags().restore(id);
        String verb = deleted ? "Deletes " : "Restores ";
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("deleted", deleted);
        if (!detailed) {
            return Uni.createFrom().item(patch(call, id, body, verb + "the feature flag " + id, List.of(), request));
        }
        return account.flagJson(id).map(current -> patch(call, id, body, verb + named(current),
                List.of(JsonDifference.change("deleted", current.path("deleted"), BooleanNode.valueOf(deleted))), request));
    }

    private static PreparedWrite patch(Invocation call, long id, ObjectNode body, String target, List<Change> changes,
            Uni<FeatureFlag> request) {
        return new PreparedWrite("PATCH", call.account().apiPath(FLAGS + id + "/"), body, target, changes,
                () -> written(call, request));
    }

    private static Uni<ObjectNode> written(Invocation call, Uni<FeatureFlag> request) {
        return call.shaped(request, flag -> {
            ObjectNode result = FlagReads.object(call, flag);
            return flag.deleted() ? result.put("hint", "Undo this with posthog_restore_feature_flag and flag_id " + flag.id()
                    + ".") : result;
        });
    }

    private static Uni<PreparedWrite> withId(Invocation call, java.util.function.LongFunction<Uni<PreparedWrite>> prepared) {
        call.account().requirePersonalKey("featureFlags.update");
        Optional<Long> id = call.arguments().integer("flag_id");
        return id.isPresent() ? prepared.apply(id.get())
                : call.account().posthog().featureFlags().get(call.arguments().text("key").orElseThrow())
                        .chain(flag -> prepared.apply(flag.id()));
    }

    private static Optional<FlagFilters> flagFilters(Arguments arguments) {
        return arguments.object("filters").map(filters -> {
            try {
                return Results.mapper().convertValue(filters, FlagFilters.class);
            } catch (IllegalArgumentException e) {
                throw new FunctionException(FunctionError.of(Type.VALIDATION,
                        "filters must be an object with groups, as in PostHog's API").field("filters")
                        .hint("Example: " + Results.mapper().valueToTree(FILTERS_EXAMPLE)));
            }
        });
    }

    private static void requireOneRollout(Arguments arguments, boolean groups) {
        if (groups && arguments.has("rollout_percentage")) {
            throw new FunctionException(FunctionError.of(Type.VALIDATION,
                    "rollout_percentage and filters cannot be combined").field("rollout_percentage")
                    .hint("Set rollout_percentage in each element of filters.groups."));
        }
    }

    private static String named(ObjectNode flag) {
        return "the feature flag " + quoted(flag.path("key").asText()) + " (ID " + flag.path("id").asLong() + ")";
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
