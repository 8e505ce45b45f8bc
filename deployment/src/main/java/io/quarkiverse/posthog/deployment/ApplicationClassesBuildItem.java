package io.quarkiverse.posthog.deployment;

import java.util.Set;

import io.quarkus.builder.item.SimpleBuildItem;

/** The names of the application's own classes, without libraries and generated classes. */
final class ApplicationClassesBuildItem extends SimpleBuildItem {

    private final Set<String> names;

    ApplicationClassesBuildItem(Set<String> names) {
        this.names = names;
    }

    Set<String> names() {
        return names;
    }
}
