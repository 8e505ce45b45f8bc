package io.quarkiverse.posthog.runtime.config;

import java.time.Duration;

import io.quarkiverse.posthog.runtime.config.AccountConfig.ResponseSizeConfig;
import io.quarkus.runtime.configuration.MemorySize;

/** Validates the settings of an account. Invalid settings cause an {@link IllegalArgumentException} that names them. */
record ConfigValidator(String account) {

    /** @throws IllegalArgumentException if a setting is invalid, with the name of the setting */
    void validate(AccountConfig config) {
        responseSizes(config.maxResponseSize());
        capture(config.capture());
        flags(config.flags());
        exceptions(config.exceptions());
        positive("check.timeout", config.check().timeout());
    }

    private void responseSizes(ResponseSizeConfig config) {
        config.api().ifPresent(size -> positive("max-response-size.api", size));
        config.queries().ifPresent(size -> positive("max-response-size.queries", size));
        config.definitions().ifPresent(size -> positive("max-response-size.definitions", size));
        positive("max-response-size.flags", config.flags());
        positive("max-response-size.capture", config.capture());
        positive("max-response-size.errors", config.errors());
    }

    private void capture(CaptureConfig config) {
        atLeast(1, "capture.flush-at", config.flushAt());
        positive("capture.flush-interval", config.flushInterval());
        atLeast(1, "capture.max-batch-events", config.maxBatchEvents());
        positive("capture.max-batch-size", config.maxBatchSize());
        positive("capture.max-event-size", config.maxEventSize());
        positive("capture.request-timeout", config.requestTimeout());
        atLeast(0, "capture.shutdown-timeout", config.shutdownTimeout());
        atLeast(1, "capture.queue.max-events", config.queue().maxEvents());
        positive("capture.queue.max-size", config.queue().maxSize());
        positive("capture.ai.max-event-size", config.ai().maxEventSize());
        positive("capture.ai.max-batch-size", config.ai().maxBatchSize());
        // The default is -1
        atLeast(0, "capture.retry.max-retries", config.retry().maxRetries() == -1 ? 0 : config.retry().maxRetries());
        atLeast(0, "capture.retry.initial-delay", config.retry().initialDelay());
        atLeast(0, "capture.retry.max-delay", config.retry().maxDelay());
        double rate = config.sampling().rate();
        check(rate >= 0 && rate <= 1, "capture.sampling.rate", "from 0 to 1", rate);
        positive("capture.spool.fsync-interval", config.spool().fsyncInterval());
        positive("capture.spool.max-size", config.spool().maxSize());
        atLeast(0, "capture.spool.max-age", config.spool().maxAge());
    }

    private void flags(FlagsConfig config) {
        positive("flags.timeout", config.timeout());
        atLeast(0, "flags.max-retries", config.maxRetries());
        check(config.apiVersion() == 2 || config.apiVersion() == 3, "flags.api-version", "2 or 3", config.apiVersion());
        atLeast(0, "flags.cache.ttl", config.cache().ttl());
        atLeast(1, "flags.cache.max-entries", config.cache().maxEntries());
        atLeast(1, "flags.feature-flag-called-cache-size", config.featureFlagCalledCacheSize());
        positive("flags.definitions.poll-interval", config.definitions().pollInterval());
        positive("flags.definitions.timeout", config.definitions().timeout());
        atLeast(0, "flags.definitions.startup-timeout", config.definitions().startupTimeout());
        positive("flags.definitions.provider-timeout", config.definitions().providerTimeout());
        String keyPrefix = config.definitions().redis().keyPrefix();
        check(!keyPrefix.isBlank(), "flags.definitions.redis.key-prefix", "a text", "blank");
    }

    private void exceptions(ExceptionsConfig config) {
        atLeast(0, "exceptions.min-status", config.minStatus());
        positive("exceptions.rate-limit.window", config.rateLimit().window());
        atLeast(0, "exceptions.rate-limit.per-exception", config.rateLimit().perException());
        atLeast(0, "exceptions.rate-limit.total", config.rateLimit().total());
    }

    private void atLeast(int least, String property, int value) {
        check(value >= least, property, "at least " + least, value);
    }

    private void atLeast(int least, String property, Duration value) {
        check(value.compareTo(Duration.ofSeconds(least)) >= 0, property, "at least " + least, value);
    }

    private void positive(String property, Duration value) {
        check(value.toMillis() > 0, property, "at least 1ms", value);
    }

    private void positive(String property, MemorySize value) {
        check(value.asLongValue() > 0, property, "more than 0 bytes", value.asLongValue());
    }

    private void check(boolean valid, String property, String expected, Object value) {
        if (!valid) {
            throw new IllegalArgumentException(
                    AccountNames.key(account, property) + " must be " + expected + ", but is " + value);
        }
    }
}
