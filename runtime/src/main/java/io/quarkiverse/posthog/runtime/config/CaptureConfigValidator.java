package io.quarkiverse.posthog.runtime.config;

/** Validates the capture settings. */
final class CaptureConfigValidator {

    private CaptureConfigValidator() {
    }

    /** Fails with an {@link IllegalArgumentException} that names the invalid setting. */
    static void check(String account, CaptureConfig config) {
        ConfigValidator checks = new ConfigValidator(account, "capture");
        checks.atLeast(1, "flush-at", config.flushAt());
        checks.positive("flush-interval", config.flushInterval());
        checks.atLeast(1, "max-batch-events", config.maxBatchEvents());
        checks.positive("max-batch-size", config.maxBatchSize());
        checks.positive("max-event-size", config.maxEventSize());
        checks.positive("timeout", config.timeout());
        checks.atLeast(0, "shutdown-timeout", config.shutdownTimeout());
        checks.atLeast(1, "queue.max-events", config.queue().maxEvents());
        checks.positive("queue.max-size", config.queue().maxSize());
        checks.positive("ai.max-event-size", config.ai().maxEventSize());
        checks.positive("ai.max-batch-size", config.ai().maxBatchSize());
        // -1 if it is not configured
        checks.atLeast(0, "retry.max-retries", config.retry().maxRetries() == -1 ? 0 : config.retry().maxRetries());
        checks.atLeast(0, "retry.initial-delay", config.retry().initialDelay());
        checks.atLeast(0, "retry.max-delay", config.retry().maxDelay());
        checks.check(config.sampling().rate() >= 0 && config.sampling().rate() <= 1, "sampling.rate", "from 0 to 1",
                config.sampling().rate());
        checks.positive("spool.fsync-interval", config.spool().fsyncInterval());
        checks.positive("spool.max-size", config.spool().maxSize());
        checks.atLeast(0, "spool.max-age", config.spool().maxAge());
    }
}
