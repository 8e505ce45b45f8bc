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
    MISSING_DEPENDENCY("missing_dependency");

    private final String code;

    MatchReason(String code) {
        this.code = code;
    }

    /** Returns the code in PostHog's responses. */
    public String code() {
        return code;
    }
}
