package io.quarkiverse.posthog.benchmarks.flags;

import java.util.Map;

/** The person for whom flags are evaluated. */
final class Person {

    /** The number of persons: too large to cache the results, and small enough to keep their IDs in memory. */
    private static final String[] IDS = new String[4096];

    static {
        for (int i = 0; i < IDS.length; i++) {
            IDS[i] = "0194e3a2-7c1d-7e59-b7f7-" + String.format("%012x", i * 2_654_435_761L);
        }
    }

    static final Map<String, Object> PROPERTIES = Map.of("plan", "pro", "country", "NO", "email", "zoe@example.com");

    private Person() {
    }

    static String id(int number) {
        return IDS[number & IDS.length - 1];
    }
}
