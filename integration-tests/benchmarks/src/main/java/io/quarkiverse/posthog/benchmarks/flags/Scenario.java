package io.quarkiverse.posthog.benchmarks.flags;

/** A measured scenario. */
enum Scenario {

    ONE_OF_1("one flag of 1: rollout", 1, Kind.ROLLOUT),
    ONE_OF_100("one flag of 100: rollout", 100, Kind.ROLLOUT),
    ONE_OF_1000("one flag of 1,000: rollout", 1000, Kind.ROLLOUT),
    PROPERTY("one flag of 100: two properties", 100, Kind.PROPERTY),
    MULTIVARIATE("one flag of 100: three variants", 100, Kind.MULTIVARIATE),
    COHORT("one flag of 100: cohort", 100, Kind.COHORT),
    DEPENDENCY("one flag of 100: depends on another", 100, Kind.DEPENDENCY),
    ALL_OF_100("all 100 flags", 100, null),
    ALL_OF_1000("all 1,000 flags", 1000, null);

    final String title;
    final int loaded;
    private final String key;

    /** @param kind of the one flag; null for all */
    Scenario(String title, int loaded, Kind kind) {
        this.title = title;
        this.loaded = loaded;
        // The last flag of its kind, because a library could check the first one first
        int kinds = Kind.values().length;
        this.key = kind == null ? null : SampleFlags.key(loaded < kinds ? 0 : loaded - kinds + kind.ordinal());
    }

    Object evaluate(FlagClient client, String person) {
        return key == null ? client.all(person) : client.value(key, person);
    }
}
