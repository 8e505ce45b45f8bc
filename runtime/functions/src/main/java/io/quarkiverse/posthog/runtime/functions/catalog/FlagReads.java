package io.quarkiverse.posthog.runtime.functions.catalog;

import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.optional;
import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.required;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.featureflags.FeatureFlagQuery;
import io.quarkiverse.posthog.featureflags.FeatureFlagState;
import io.quarkiverse.posthog.featureflags.FeatureFlags;
import io.quarkiverse.posthog.runtime.functions.FunctionBehavior;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.FunctionParameter;
import io.quarkiverse.posthog.runtime.functions.Invocation;
import io.quarkiverse.posthog.runtime.functions.ParameterType;
import io.quarkiverse.posthog.runtime.functions.ResultForm;
import io.quarkiverse.posthog.runtime.functions.ResultForm.Field;
import io.quarkiverse.posthog.runtime.functions.result.RowForm;
import io.smallrye.mutiny.Uni;

/** Reads feature flags. */
final class FlagReads {

    static final Field[] FLAG = {
            new Field("id", "integer", "The ID, for flag_id."),
            new Field("key", "string", "The key."),
            new Field("name", "string", "The description."),
            new Field("active", "boolean", "Whether the flag is enabled."),
            new Field("status", "string", "ACTIVE, INACTIVE, STALE, DELETED or UNKNOWN."),
            new Field("version", "integer", "The version, for if_version."),
            new Field("filters", "object", "The condition sets (groups), variants and payloads.") };

    static final RowForm ROW = RowForm.of("id", "key", "name", "active", "status", "version", "filters", "tags", "deleted",
            "archived", "ensure_experience_continuity", "experiment_set", "created_at", "updated_at", "last_called_at")
            .always("active");

    private static final RowForm LISTED = RowForm
            .of("id", "key", "name", "active", "status", "version", "filters", "tags", "last_called_at").always("active");

    static final FunctionDefinition LIST = new FunctionDefinition("posthog_list_feature_flags", "List feature flags",
            "Lists the feature flags that are neither deleted nor archived, newest first. Search instead of paging. PostHog bills "
                    + "each list like flag evaluations, so do not poll." + CommonParameters.DATA,
            Effect.READ,
            List.of(CommonParameters.limit(), CommonParameters.offset(),
                    CommonParameters.search("Part of the key or name."),
                    optional("state", ParameterType.STRING, "stale", "Only flags in this state.")
                            .oneOf(List.of("active", "inactive", "stale")),
                    CommonParameters.cursor(), CommonParameters.fields()),
            ResultForm.list(FLAG),
            (FunctionBehavior.Read) FlagReads::list);

    static final FunctionDefinition GET = new FunctionDefinition("posthog_get_feature_flag", "Get a feature flag",
            "Returns one feature flag, by ID or key, even if it is archived or, by ID, deleted." + CommonParameters.DATA,
            Effect.READ,
            List.of(id(), key(), CommonParameters.fields()),
            ResultForm.object(FLAG),
            (FunctionBehavior.Read) FlagReads::get);

    private FlagReads() {
    }

    static FunctionParameter id() {
        return required("flag_id", ParameterType.INTEGER, 42, "The numeric ID.").between(1, Integer.MAX_VALUE).or("key");
    }

    static FunctionParameter key() {
        return optional("key", ParameterType.STRING, "new-checkout", "The key, instead of flag_id.").maxLength(400);
    }

    private static Uni<ObjectNode> list(Invocation call) {
        FeatureFlags flags = call.account().posthog().featureFlags();
        FeatureFlagState state = call.arguments().text("state")
                .map(text -> FeatureFlagState.valueOf(text.toUpperCase(java.util.Locale.ROOT))).orElse(null);
        String search = call.arguments().textOrNull(CommonParameters.SEARCH);
        return OffsetLists.read(call,
                paging -> flags.page(new FeatureFlagQuery(search, state, null, List.of(), false, paging)), LISTED);
    }

    private static Uni<ObjectNode> get(Invocation call) {
        FeatureFlags flags = call.account().posthog().featureFlags();
        Optional<Long> id = call.arguments().integer("flag_id");
        return call.shaped(
                id.isPresent() ? flags.get(id.get()) : flags.get(call.arguments().text("key").orElseThrow()),
                flag -> object(call, flag));
    }

    static ObjectNode object(Invocation call, FeatureFlag flag) {
        return call.results().object(flag, ROW, "feature_flags/" + flag.id());
    }
}
