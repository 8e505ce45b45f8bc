package io.quarkiverse.posthog.benchmarks.flags;

/** The kinds of flags. */
enum Kind {

    /** A rollout to a part of the persons. */
    ROLLOUT("""
            "groups": [{"properties": [], "rollout_percentage": 50}]"""),

    /** Persons with a certain plan and a company email address. */
    PROPERTY("""
            "groups": [{"rollout_percentage": 100, "properties": [
              {"key": "plan", "type": "person", "operator": "exact", "value": ["pro", "enterprise"]},
              {"key": "email", "type": "person", "operator": "icontains", "value": "@example.com"}]}]"""),

    /** A flag for all persons, with one of three variants. */
    MULTIVARIATE("""
            "groups": [{"properties": [], "rollout_percentage": 100}],
            "multivariate": {"variants": [{"key": "control", "rollout_percentage": 34},
              {"key": "blue", "rollout_percentage": 33}, {"key": "green", "rollout_percentage": 33}]},
            "payloads": {"blue": "{\\"color\\": \\"blue\\"}"}"""),

    /** Persons in a cohort with conditions on two properties. */
    COHORT("""
            "groups": [{"rollout_percentage": 100, "properties": [
              {"key": "id", "type": "cohort", "operator": "in", "value": 1}]}]"""),

    /** Persons for whom the first flag, a rollout, is on. */
    DEPENDENCY("""
            "groups": [{"rollout_percentage": 100, "properties": [
              {"key": "flag-0", "type": "flag", "operator": "flag_evaluates_to", "value": true,
               "dependency_chain": ["flag-0"]}]}]""");

    final String filters;

    Kind(String filters) {
        this.filters = filters;
    }

    /** A mix of all kinds. */
    static Kind of(int number) {
        return values()[number % values().length];
    }
}
