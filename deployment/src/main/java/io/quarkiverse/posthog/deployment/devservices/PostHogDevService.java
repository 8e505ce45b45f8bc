package io.quarkiverse.posthog.deployment.devservices;

import io.quarkiverse.posthog.emulator.EmulatorOptions;
import io.quarkiverse.posthog.emulator.PostHogEmulator;
import io.quarkus.deployment.builditem.Startable;

/** An emulator as a Dev Service. */
final class PostHogDevService implements Startable {

    private final EmulatorOptions options;
    private PostHogEmulator emulator;

    PostHogDevService(EmulatorOptions options) {
        this.options = options;
    }

    @Override
    public void start() {
        emulator = PostHogEmulator.start(options);
    }

    @Override
    public String getConnectionInfo() {
        return emulator.baseUrl();
    }

    /** Returns null, because the emulator is not a container. */
    @Override
    public String getContainerId() {
        return null;
    }

    @Override
    public void close() {
        if (emulator != null) {
            emulator.close();
        }
    }
}
