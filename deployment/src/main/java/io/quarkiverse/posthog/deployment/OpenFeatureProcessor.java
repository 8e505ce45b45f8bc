package io.quarkiverse.posthog.deployment;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.arc.processor.DotNames;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

/** The OpenFeature API, in applications that have it. */
class OpenFeatureProcessor {

    private static final String API = "dev.openfeature.sdk.OpenFeatureAPI";

    // By name: it is made of the API, and must not be looked at in an application without
    private static final String REGISTRATION = "io.quarkiverse.posthog.runtime.openfeature.OpenFeatureRegistration";

    @BuildStep
    void registration(BuildProducer<AdditionalBeanBuildItem> beans, BuildProducer<ExcludedTypeBuildItem> excluded) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(API)) {
            beans.produce(AdditionalBeanBuildItem.builder().addBeanClass(REGISTRATION)
                    .setDefaultScope(DotNames.SINGLETON).setUnremovable().build());
        } else {
            // What observes events would be a bean without a scope as well
            excluded.produce(new ExcludedTypeBuildItem(REGISTRATION));
        }
    }
}
