package io.quarkiverse.posthog.runtime.flags.local.model;

/** The reason for the value of a flag, in PostHog's terms. */
public enum MatchReason {

    CONDITION_MATCH("condition_match"),
    NO_CONDITION_MATCH("no_condition_match"),
    OUT_OF_ROLLOUT_BOUND("out_of_rollout_bound"),
    NO_GROUP_TYPE("no_group_type"),
    SUPER_CONDITION_VALUE("super_condition_value"),
    HOLDOUT_CONDITION_VALUE("holdout_condition_value"),
    FLAG_DISABLED("flag_disabled"),
    MISSING_DEPENDENCY("missing_dependency"),

    // The reasons of flags with ordered rules
    TARGETING_MATCH("targeting_match", CONDITION_MATCH),
    ROLLOUT_MISS("rollout_miss", OUT_OF_ROLLOUT_BOUND),
    EXPERIMENT_PAUSED("experiment_paused", NO_CONDITION_MATCH),
    HOLDOUT("holdout", HOLDOUT_CONDITION_VALUE),
    NO_RULE_MATCH("no_rule_match", NO_CONDITION_MATCH);

    private final String code;
    private final MatchReason untyped;

    MatchReason(String code) {
        this(code, null);
    }

    MatchReason(String code, MatchReason untyped) {
        this.code = code;
        this.untyped = untyped;
    }

    /** Returns the code in PostHog's responses. */
    public String code() {
        return code;
    }

    /** Returns the reason in responses without typed values, which describe all flags like flags with condition sets. */
    public MatchReason inUntypedResponse() {
        return untyped == null ? this : untyped;
    }
}
