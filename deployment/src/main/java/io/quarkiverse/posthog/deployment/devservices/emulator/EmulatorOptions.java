package io.quarkiverse.posthog.deployment.devservices.emulator;

import java.util.Objects;

/**
 * How to start an emulator.
 *
 * @param port where to listen, zero for any free port
 * @param projectApiKey the public token that events are sent with
 * @param personalApiKey the key of the private API
 * @param secureKey the key of the project for flag definitions and remote configuration
 * @param seed whether to begin with the data of a demo shop
 * @param projectId the id of the one project there is
 */
public record EmulatorOptions(int port, String projectApiKey, String personalApiKey, String secureKey, boolean seed,
        long projectId) {

    public EmulatorOptions {
        Objects.requireNonNull(projectApiKey, "projectApiKey");
        Objects.requireNonNull(personalApiKey, "personalApiKey");
        Objects.requireNonNull(secureKey, "secureKey");
    }

    /** Any port, the default keys, no data, project 1. */
    public static EmulatorOptions defaults() {
        return new EmulatorOptions(0, "phc_emulator", "phx_emulator", "phs_emulator", false, 1);
    }
}
