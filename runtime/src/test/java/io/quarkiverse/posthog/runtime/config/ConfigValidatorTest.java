package io.quarkiverse.posthog.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigValidatorTest {

    @ParameterizedTest
    @CsvSource({ "flush-at, 0, at least 1",
            "flush-interval, 0s, at least 1ms", "max-batch-events, -1, at least 1",
            "max-batch-size, 0, more than 0 bytes", "max-event-size, 0, more than 0 bytes", "request-timeout, 0s, at least 1ms",
            "shutdown-timeout, -1s, at least 0", "queue.max-events, 0, at least 1",
            "queue.max-size, 0, more than 0 bytes", "ai.max-event-size, 0, more than 0 bytes",
            "ai.max-batch-size, 0, more than 0 bytes", "retry.max-retries, -2, at least 0",
            "retry.initial-delay, -1s, at least 0", "retry.max-delay, -1s, at least 0", "sampling.rate, 1.1, from 0 to 1",
            "sampling.rate, -0.1, from 0 to 1", "spool.fsync-interval, 0s, at least 1ms",
            "spool.max-size, 0, more than 0 bytes", "spool.max-age, -1s, at least 0" })
    void rejectsInvalidSettingsOfCapturing(String property, String value, String expected) {
        assertRejected("capture." + property, value, expected);
    }

    @ParameterizedTest
    @CsvSource({ "flags.timeout, 0s, at least 1ms", "flags.max-retries, -1, at least 0", "flags.cache.ttl, -1s, at least 0",
            "flags.cache.max-entries, 0, at least 1", "flags.feature-flag-called-cache-size, 0, at least 1",
            "flags.definitions.poll-interval, 0s, at least 1ms", "flags.definitions.timeout, 0s, at least 1ms",
            "flags.definitions.startup-timeout, -1s, at least 0", "flags.definitions.provider-timeout, 0s, at least 1ms",
            "max-response-size.api, 0, more than 0 bytes", "max-response-size.queries, 0, more than 0 bytes",
            "max-response-size.definitions, 0, more than 0 bytes", "max-response-size.flags, 0, more than 0 bytes",
            "max-response-size.capture, 0, more than 0 bytes", "max-response-size.errors, 0, more than 0 bytes",
            "check.timeout, 0s, at least 1ms" })
    void rejectsOtherInvalidSettings(String property, String value, String expected) {
        assertRejected(property, value, expected);
    }

    private static void assertRejected(String property, String value, String expected) {
        assertThatIllegalArgumentException().isThrownBy(() -> TestAccounts.account(property, value))
                .withMessageStartingWith("quarkus.posthog." + property + " must be " + expected + ", but is ");
    }

    @Test
    void acceptsUnusualSettings() {
        assertThat(TestAccounts.account("capture.flush-at", "1", "capture.retry.max-retries", "0",
                "capture.retry.initial-delay", "0s", "capture.retry.max-delay", "0s", "capture.sampling.rate", "0",
                "capture.shutdown-timeout", "0s", "capture.spool.max-age", "0s")).isNotNull();
    }
}
