package io.quarkiverse.posthog.runtime.config;

/** Validates the settings for exceptions. */
final class ExceptionsConfigValidator {

    private ExceptionsConfigValidator() {
    }

    /** Fails with an {@link IllegalArgumentException} that names the invalid setting. */
    static void check(String account, ExceptionsConfig config) {
        ConfigValidator checks = new ConfigValidator(account, "exceptions");
        checks.atLeast(0, "min-status", config.minStatus());
        checks.positive("rate-limit.window", config.rateLimit().window());
        checks.atLeast(0, "rate-limit.per-exception", config.rateLimit().perException());
        checks.atLeast(0, "rate-limit.total", config.rateLimit().total());
    }
}
