package io.quarkiverse.posthog.runtime.config;

/** Validates the flag settings. */
final class FlagsConfigValidator {

    private FlagsConfigValidator() {
    }

    /** Fails with an {@link IllegalArgumentException} that names the invalid setting. */
    static void check(String account, FlagsConfig config) {
        ConfigValidator checks = new ConfigValidator(account, "flags");
        checks.positive("timeout", config.timeout());
        checks.atLeast(0, "max-retries", config.maxRetries());
        checks.atLeast(0, "cache.ttl", config.cache().ttl());
        checks.atLeast(1, "cache.max-size", config.cache().maxSize());
        checks.atLeast(1, "exposure.max-remembered", config.exposure().maxRemembered());
        checks.positive("definitions.poll-interval", config.definitions().pollInterval());
        checks.positive("definitions.timeout", config.definitions().timeout());
        checks.atLeast(0, "definitions.startup-wait", config.definitions().startupWait());
        checks.positive("definitions.provider-timeout", config.definitions().providerTimeout());
        String keyPrefix = config.definitions().redis().keyPrefix();
        checks.check(!keyPrefix.isBlank(), "definitions.redis.key-prefix", "a text", "blank");
    }
}
