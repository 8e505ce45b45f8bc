package io.quarkiverse.posthog.deployment.dev;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.quarkiverse.posthog.deployment.devservices.EmulatedAccountBuildItem;
import io.quarkiverse.posthog.runtime.dev.EmulatedAccounts;
import io.quarkiverse.posthog.runtime.dev.PostHogDevRecorder;
import io.quarkiverse.posthog.runtime.dev.StartupCheck;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.processor.DotNames;
import io.quarkus.deployment.IsDevelopment;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.LiveReloadBuildItem;

/**
 * Registers the check of the accounts when the application starts in dev mode, and after a live reload only if the
 * configuration has changed.
 */
@BuildSteps(onlyIf = IsDevelopment.class)
class StartupCheckProcessor {

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    SyntheticBeanBuildItem emulatedAccounts(PostHogDevRecorder recorder, List<EmulatedAccountBuildItem> accounts) {
        return SyntheticBeanBuildItem.configure(EmulatedAccounts.class)
                .scope(Singleton.class)
                .unremovable()
                .supplier(recorder.emulatedAccounts(
                        accounts.stream().map(EmulatedAccountBuildItem::name).collect(Collectors.toSet())))
                .done();
    }

    @BuildStep
    void check(LiveReloadBuildItem reload, BuildProducer<AdditionalBeanBuildItem> beans,
            BuildProducer<ExcludedTypeBuildItem> excluded) {
        if (!reload.isLiveReload() || reload.getChangedResources().stream().anyMatch(StartupCheckProcessor::isConfiguration)) {
            beans.produce(AdditionalBeanBuildItem.builder().addBeanClass(StartupCheck.class)
                    .setDefaultScope(DotNames.SINGLETON).setUnremovable().build());
        } else {
            // Otherwise, its observer method would register it as a bean
            excluded.produce(new ExcludedTypeBuildItem(StartupCheck.class.getName()));
        }
    }

    private static boolean isConfiguration(String resource) {
        return resource.matches("application[^/]*\\.(?:properties|yaml|yml)|\\.env|META-INF/microprofile-config.*");
    }
}
