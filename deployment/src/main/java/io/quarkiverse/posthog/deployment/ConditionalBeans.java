package io.quarkiverse.posthog.deployment;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.arc.processor.DotNames;
import io.quarkus.deployment.annotations.BuildProducer;

/** Registers beans whose classes need optional dependencies. */
final class ConditionalBeans {

    static final String PACKAGE = "io.quarkiverse.posthog.runtime.";

    private ConditionalBeans() {
    }

    /**
     * Registers a class as a singleton.
     *
     * @param name the name of the class below the package of the runtime; it has no scope, and is not loaded at build time
     */
    static AdditionalBeanBuildItem bean(String name) {
        return AdditionalBeanBuildItem.builder().addBeanClass(PACKAGE + name).setDefaultScope(DotNames.SINGLETON)
                .setUnremovable().build();
    }

    /** Registers a class that observes events if its dependency is present, and excludes it otherwise. */
    static void observer(String name, boolean present, BuildProducer<AdditionalBeanBuildItem> beans,
            BuildProducer<ExcludedTypeBuildItem> excluded) {
        if (present) {
            beans.produce(bean(name));
        } else {
            excluded.produce(none(name));
        }
    }

    /** Excludes a class that observes events, which would otherwise be a bean even without a scope. */
    static ExcludedTypeBuildItem none(String name) {
        return new ExcludedTypeBuildItem(PACKAGE + name);
    }
}
