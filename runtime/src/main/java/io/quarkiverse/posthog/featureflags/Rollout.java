package io.quarkiverse.posthog.featureflags;

/** The range of rollout percentages. */
final class Rollout {

    private Rollout() {
    }

    static double check(double percentage) {
        if (!(percentage >= 0 && percentage <= 100)) {
            throw new IllegalArgumentException("A rollout percentage must be from 0 to 100, but was " + percentage);
        }
        return percentage;
    }
}
