package io.quarkiverse.posthog.deployment.devservices;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.deployment.AccountConfiguration;
import io.quarkiverse.posthog.deployment.devservices.PostHogBuildTimeConfig.DevServicesConfig;
import io.quarkiverse.posthog.deployment.devservices.emulator.EmulatorOptions;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;

/**
 * Starts an emulator for each account that has nowhere to go: neither a key nor a host. It lives in the process of the
 * build, and survives live reloads.
 */
@BuildSteps(onlyIf = { IsDevServicesSupportedByLaunchMode.class,
        io.quarkus.deployment.dev.devservices.DevServicesConfig.Enabled.class })
class PostHogDevServicesProcessor {

    private static final Logger LOG = Logger.getLogger(PostHogDevServicesProcessor.class);

    private static final List<String> SETTINGS_OF_A_REAL_ACCOUNT = List.of("host", "ingestion-host", "project-api-key",
            "personal-api-key", "feature-flags-secure-key");

    @BuildStep
    void emulators(PostHogBuildTimeConfig config, CombinedIndexBuildItem index,
            LaunchModeBuildItem launchMode, Capabilities capabilities,
            BuildProducer<DevServicesResultBuildItem> services, BuildProducer<EmulatedAccountBuildItem> emulated) {
        Set<String> names = AccountConfiguration.names();
        names.addAll(AccountConfiguration.qualifiedNames(index.getIndex()));
        for (String name : names) {
            DevServicesConfig settings = config.accounts().get(name).devservices();
            if (!settings.enabled()) {
                LOG.debugf("No PostHog emulator for account '%s': %s is false", name,
                        AccountNames.key(name, "devservices.enabled"));
            } else if (SETTINGS_OF_A_REAL_ACCOUNT.stream().anyMatch(key -> AccountConfiguration.isSet(name, key))) {
                LOG.debugf("No PostHog emulator for account '%s': it has a key or a host", name);
            } else {
                services.produce(emulator(name, settings, DevUiAddress.of(launchMode, capabilities)));
                emulated.produce(new EmulatedAccountBuildItem(name));
            }
        }
    }

    private static DevServicesResultBuildItem emulator(String name, DevServicesConfig settings,
            Optional<String> devUi) {
        String suffix = AccountNames.isDefault(name) ? "" : "_" + name;
        EmulatorOptions options = new EmulatorOptions(settings.port().orElse(0), "phc_emulator" + suffix,
                "phx_emulator" + suffix, "phs_emulator" + suffix, settings.seed(),
                AccountConfiguration.projectId(name), settings.allowedHosts().orElse(List.of()),
                settings.maxStoredSize().asLongValue(), devUi.orElse(null));
        return DevServicesResultBuildItem.<PostHogDevService> owned()
                .feature("posthog")
                .serviceName(name)
                .description("PostHog emulator for the account '" + name + "'")
                // What another emulator is needed for; compared over class loaders, and so as text
                .serviceConfig(options.toString())
                .startable(() -> new PostHogDevService(options))
                .postStartHook(service -> LOG.infof("PostHog account '%s' is emulated at %s", name,
                        service.getConnectionInfo()))
                .config(Map.of(
                        AccountNames.key(name, "project-id"), Long.toString(options.projectId()),
                        AccountNames.key(name, "project-api-key"), options.projectApiKey(),
                        AccountNames.key(name, "personal-api-key"), options.personalApiKey(),
                        AccountNames.key(name, "feature-flags-secure-key"), options.secureKey(),
                        // The key alone would switch it on; what is changed in the emulator is to be seen at once
                        AccountNames.key(name, "flags.local-evaluation"), "false"))
                .configProvider(Map.of(AccountNames.key(name, "host"), PostHogDevService::getConnectionInfo))
                .build();
    }
}
