package io.quarkiverse.posthog.deployment;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.arc.processor.DotNames;

/** Registers beans whose classes need optional dependencies. */
final class ConditionalBeans {

    static final String PACKAGE = "io.quarkiverse.posthog.runtime.";

    private ConditionalBeans() {
    }

    /** @param name the class, which is not loaded here and has no scope of its own, below the package of the runtime */
    static AdditionalBeanBuildItem bean(String name) {
        return AdditionalBeanBuildItem.builder().addBeanClass(PACKAGE + name).setDefaultScope(DotNames.SINGLETON)
                .setUnremovable().build();
    }

    /** For a class that observes events, which would be a bean without a scope as well. */
    static ExcludedTypeBuildItem none(String name) {
        return new ExcludedTypeBuildItem(PACKAGE + name);
    }
}
