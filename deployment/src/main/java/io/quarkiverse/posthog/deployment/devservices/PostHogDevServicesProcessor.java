package io.quarkiverse.posthog.deployment.devservices;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.deployment.BuildTimeAccounts;
import io.quarkiverse.posthog.deployment.devservices.PostHogBuildTimeConfig.DevServicesConfig;
import io.quarkiverse.posthog.emulator.EmulatorOptions;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.EmulatedSettings;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.builditem.LiveReloadBuildItem;
import io.quarkus.runtime.LaunchMode;

/**
 * Starts an emulator for each account that has neither a key nor a host. The emulator runs in the build process and
 * survives live reloads.
 */
@BuildSteps(onlyIf = { IsDevServicesSupportedByLaunchMode.class,
        io.quarkus.deployment.dev.devservices.DevServicesConfig.Enabled.class })
class PostHogDevServicesProcessor {

    private static final Logger LOG = Logger.getLogger(PostHogDevServicesProcessor.class);

    @BuildStep
    void emulators(PostHogBuildTimeConfig config, CombinedIndexBuildItem index, LaunchModeBuildItem launchMode,
            LiveReloadBuildItem liveReload, Capabilities capabilities, BuildProducer<DevServicesResultBuildItem> services,
            BuildProducer<EmulatedAccountBuildItem> emulated) {
        Set<String> reasons = new HashSet<>();
        for (String name : BuildTimeAccounts.names(index.getIndex())) {
            EmulatorDecision decision = EmulatorDecision.of(name,
                    BuildTimeAccounts.value(name, "devservices.enabled", Boolean.class),
                    property -> BuildTimeAccounts.configValue(name, property));
            decision.reason().ifPresent(reasons::add);
            if (decision.start()) {
                EmulatorOptions options = options(name, config.accounts().get(name).devservices(),
                        launchMode.getLaunchMode(), DevUiAddress.of(launchMode, capabilities));
                services.produce(emulator(name, options, decision.replacedHosts()));
                emulated.produce(new EmulatedAccountBuildItem(name));
            }
        }
        log(reasons, liveReload);
    }

    /** A live reload logs only new reasons. */
    private static void log(Set<String> reasons, LiveReloadBuildItem liveReload) {
        LoggedReasons previous = liveReload.getContextObject(LoggedReasons.class);
        reasons.stream().filter(reason -> previous == null || !previous.reasons().contains(reason)).sorted()
                .forEach(LOG::info);
        liveReload.setContextObject(LoggedReasons.class, new LoggedReasons(reasons));
    }

    private record LoggedReasons(Set<String> reasons) {
    }

    private static EmulatorOptions options(String name, DevServicesConfig settings, LaunchMode launchMode,
            Optional<String> devUi) {
        String suffix = AccountNames.isDefault(name) ? "" : "_" + name;
        // Continuous testing starts its own emulator while the emulator of dev mode listens on the port
        int port = launchMode == LaunchMode.DEVELOPMENT
                ? BuildTimeAccounts.value(name, "devservices.port", Integer.class).orElse(settings.port().orElse(0))
                : 0;
        return new EmulatorOptions(port, "phc_emulator" + suffix, "phx_emulator" + suffix, "phs_emulator" + suffix,
                BuildTimeAccounts.value(name, "devservices.seed", Boolean.class).orElse(settings.seed()),
                BuildTimeAccounts.projectId(name), settings.allowedHosts().orElse(List.of()),
                settings.maxStoredSize().asLongValue(), devUi.orElse(null));
    }

    private static DevServicesResultBuildItem emulator(String name, EmulatorOptions options,
            Map<String, String> replacedHosts) {
        return DevServicesResultBuildItem.<PostHogDevService> owned()
                .feature("posthog")
                .serviceName(name)
                .description("PostHog emulator for the account '" + name + "'")
                // A change requires another emulator. As text, because it is compared across class loaders
                .serviceConfig(options + " " + replacedHosts)
                .startable(() -> new PostHogDevService(options))
                .postStartHook(service -> LOG.infof("PostHog account '%s' is emulated at %s", name,
                        service.getConnectionInfo()))
                .config(EmulatedSettings.config(name, Map.of(
                        "project-id", Long.toString(options.projectId()),
                        "project-api-key", options.projectApiKey(),
                        "personal-api-key", options.personalApiKey(),
                        "feature-flags-secure-api-key", options.secureKey(),
                        // Disabled although there is a key, so that changes in the emulator take effect immediately
                        EmulatedSettings.LOCAL_EVALUATION, "false"), replacedHosts))
                .configProvider(Map.of(AccountNames.key(name, "host"), PostHogDevService::getConnectionInfo,
                        EmulatedSettings.name(name, "host"), PostHogDevService::getConnectionInfo))
                .build();
    }
}
