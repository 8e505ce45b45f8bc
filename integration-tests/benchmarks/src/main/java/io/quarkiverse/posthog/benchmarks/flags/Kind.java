package io.quarkiverse.posthog.benchmarks.flags;

/** The kinds of flags. */
enum Kind {

    /** A share of everybody. */
    ROLLOUT("""
            "groups": [{"properties": [], "rollout_percentage": 50}]"""),

    /** Those with a plan, and a mail address of a company. */
    PROPERTY("""
            "groups": [{"rollout_percentage": 100, "properties": [
              {"key": "plan", "type": "person", "operator": "exact", "value": ["pro", "enterprise"]},
              {"key": "email", "type": "person", "operator": "icontains", "value": "@example.com"}]}]"""),

    /** Everybody, with one of three variants. */
    MULTIVARIATE("""
            "groups": [{"properties": [], "rollout_percentage": 100}],
            "multivariate": {"variants": [{"key": "control", "rollout_percentage": 34},
              {"key": "blue", "rollout_percentage": 33}, {"key": "green", "rollout_percentage": 33}]},
            "payloads": {"blue": "{\\"color\\": \\"blue\\"}"}"""),

    /** Those in a cohort that asks for two properties. */
    COHORT("""
            "groups": [{"rollout_percentage": 100, "properties": [
              {"key": "id", "type": "cohort", "operator": "in", "value": 1}]}]"""),

    /** Those for whom the first flag is on, which is a rollout. */
    DEPENDENCY("""
            "groups": [{"rollout_percentage": 100, "properties": [
              {"key": "flag-0", "type": "flag", "operator": "flag_evaluates_to", "value": true,
               "dependency_chain": ["flag-0"]}]}]""");

    final String filters;

    Kind(String filters) {
        this.filters = filters;
    }

    /** All kinds in turn. */
    static Kind of(int number) {
        return values()[number % values().length];
    }
}
