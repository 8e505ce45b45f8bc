package io.quarkiverse.posthog.deployment;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

/** Registers the accounts with the OpenFeature API, if the application has this dependency. */
class OpenFeatureProcessor {

    private static final String API = "dev.openfeature.sdk.OpenFeatureAPI";

    @BuildStep
    void registration(BuildProducer<AdditionalBeanBuildItem> beans, BuildProducer<ExcludedTypeBuildItem> excluded) {
        ConditionalBeans.observer("openfeature.OpenFeatureRegistration", QuarkusClassLoader.isClassPresentAtRuntime(API), beans,
                excluded);
    }
}
