package io.quarkiverse.posthog.runtime.gating;

import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.flags.FlagValue;

/**
 * The settings of a {@code @FeatureGate} annotation.
 *
 * @param variant the required variant; empty for any value that is on
 * @param status the HTTP status of the response if the gate is closed
 * @param defaultValue whether the gate is open if the flag has no value
 */
record GateConfig(String flag, String variant, int status, String account, boolean defaultValue) {

    boolean isOpen(FlagSnapshot flags) {
        return flags.value(flag).map(this::opens).orElse(defaultValue);
    }

    private boolean opens(FlagValue value) {
        return variant.isEmpty() ? value.enabled() : value.variant().filter(variant::equals).isPresent();
    }
}
