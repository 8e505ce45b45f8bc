package io.quarkiverse.posthog.deployment;

import java.util.List;

import io.quarkus.builder.item.SimpleBuildItem;

/** The gates of REST endpoints. */
final class FeatureGatesBuildItem extends SimpleBuildItem {

    private final List<FeatureGateInfo> gates;

    FeatureGatesBuildItem(List<FeatureGateInfo> gates) {
        this.gates = gates;
    }

    List<FeatureGateInfo> gates() {
        return gates;
    }
}
