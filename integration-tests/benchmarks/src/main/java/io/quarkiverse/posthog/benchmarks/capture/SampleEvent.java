package io.quarkiverse.posthog.benchmarks.capture;

/**
 * The captured event: six properties, the same for all libraries. Its number identifies it, because not all libraries
 * return the UUID.
 */
record SampleEvent(int number) {

    static final String NAME = "order placed";

    private static final int PERSONS = 10_000;
    private static final String[] DISTINCT_IDS = new String[PERSONS];
    private static final String[] PLANS = { "free", "startup", "professional", "enterprise" };
    private static final String[] PAGES = new String[100];

    static {
        for (int i = 0; i < PERSONS; i++) {
            DISTINCT_IDS[i] = "customer-%05d".formatted(i);
        }
        for (int i = 0; i < PAGES.length; i++) {
            PAGES[i] = "/products/category-%d/checkout".formatted(i);
        }
    }

    String distinctId() {
        // Consecutive events have different persons, in an order that is different in each batch
        return DISTINCT_IDS[(int) (number * 7919L % PERSONS)];
    }

    String plan() {
        return PLANS[number % PLANS.length];
    }

    String page() {
        return PAGES[number % PAGES.length];
    }

    int items() {
        return 1 + number % 12;
    }

    boolean firstOrder() {
        return number % 3 == 0;
    }

    double total() {
        return number % 50_000 / 100.0;
    }
}
