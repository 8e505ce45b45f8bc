package io.quarkiverse.posthog.deployment.devservices;

import io.quarkus.builder.item.MultiBuildItem;

/** An account that uses an emulator. */
public final class EmulatedAccountBuildItem extends MultiBuildItem {

    private final String name;

    EmulatedAccountBuildItem(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }
}
