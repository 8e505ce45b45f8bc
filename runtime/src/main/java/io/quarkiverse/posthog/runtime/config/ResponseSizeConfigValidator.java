package io.quarkiverse.posthog.runtime.config;

import io.quarkiverse.posthog.runtime.config.AccountConfig.ResponseSizeConfig;

/** Validates the maximum response sizes. */
final class ResponseSizeConfigValidator {

    private ResponseSizeConfigValidator() {
    }

    /** Fails with an {@link IllegalArgumentException} that names the invalid setting. */
    static void check(String account, ResponseSizeConfig config) {
        ConfigValidator checks = new ConfigValidator(account, "max-response-size");
        config.api().ifPresent(size -> checks.positive("api", size));
        config.queries().ifPresent(size -> checks.positive("queries", size));
        config.definitions().ifPresent(size -> checks.positive("definitions", size));
        checks.positive("flags", config.flags());
        checks.positive("capture", config.capture());
        checks.positive("errors", config.errors());
    }
}
