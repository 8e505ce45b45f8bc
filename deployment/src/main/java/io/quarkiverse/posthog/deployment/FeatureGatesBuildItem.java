package io.quarkiverse.posthog.deployment;

import java.util.List;

import io.quarkus.builder.item.SimpleBuildItem;

/** The gates of REST endpoints. */
final class FeatureGatesBuildItem extends SimpleBuildItem {

    private final List<ScannedGate> gates;

    FeatureGatesBuildItem(List<ScannedGate> gates) {
        this.gates = gates;
    }

    List<ScannedGate> gates() {
        return gates;
    }
}
