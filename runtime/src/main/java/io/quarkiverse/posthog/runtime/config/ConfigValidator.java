package io.quarkiverse.posthog.runtime.config;

import java.time.Duration;

import io.quarkus.runtime.configuration.MemorySize;

/**
 * Validates settings of an account. Invalid settings cause an {@link IllegalArgumentException} that names them.
 *
 * @param group the group of the settings below the account, such as {@code capture}
 */
record ConfigValidator(String account, String group) {

    void atLeast(int least, String property, int value) {
        check(value >= least, property, "at least " + least, value);
    }

    void atLeast(int least, String property, Duration value) {
        check(value.compareTo(Duration.ofSeconds(least)) >= 0, property, "at least " + least, value);
    }

    void positive(String property, Duration value) {
        check(value.toMillis() > 0, property, "at least 1ms", value);
    }

    void positive(String property, MemorySize value) {
        check(value.asLongValue() > 0, property, "more than 0 bytes", value.asLongValue());
    }

    void check(boolean right, String property, String expected, Object value) {
        if (!right) {
            throw new IllegalArgumentException(AccountNames.key(account, group + "." + property) + " must be " + expected
                    + ", but is " + value);
        }
    }
}
