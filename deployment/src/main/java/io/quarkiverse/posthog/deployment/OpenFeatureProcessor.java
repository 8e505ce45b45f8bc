package io.quarkiverse.posthog.deployment;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

/** Registers the accounts with the OpenFeature API, if the application has this dependency. */
class OpenFeatureProcessor {

    private static final String API = "dev.openfeature.sdk.OpenFeatureAPI";

    private static final String REGISTRATION = "openfeature.OpenFeatureRegistration";

    @BuildStep
    void registration(BuildProducer<AdditionalBeanBuildItem> beans, BuildProducer<ExcludedTypeBuildItem> excluded) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(API)) {
            beans.produce(ConditionalBeans.bean(REGISTRATION));
        } else {
            excluded.produce(ConditionalBeans.none(REGISTRATION));
        }
    }
}
