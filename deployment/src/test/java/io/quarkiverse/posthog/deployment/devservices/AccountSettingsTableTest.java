package io.quarkiverse.posthog.deployment.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import io.quarkiverse.posthog.runtime.config.AccountConfigInterceptor;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.EmulatedSettings;
import io.quarkiverse.posthog.runtime.config.PostHogRuntimeConfig;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SecretKeys;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The ways to configure keys and hosts, with their results in production, in dev mode and in tests. */
class AccountSettingsTableTest {

    private static final String EMULATOR = "http://localhost:9";

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/account-settings.txt", delimiter = '|', quoteCharacter = '~', numLinesToSkip = 1, emptyValue = "", nullValues = "none", maxCharsPerColumn = 1000)
    @Tag("CFG-1")
    @Tag("CFG-2")
    @Tag("CFG-3")
    @Tag("CFG-4")
    void settingsHaveTheSameMeaningEverywhere(String description, String file, String environment, String account,
            String accounts, String production, String dev, String test) {
        Map<String, String> properties = settings(file);
        Map<String, String> variables = settings(environment);

        assertThat(production(account, properties, variables)).as("production").isEqualTo(production);
        assertThat(withDevServices("dev", account, properties, variables)).as("dev mode").isEqualTo(dev);
        assertThat(withDevServices("test", account, properties, variables)).as("tests").isEqualTo(test);
        assertThat(names(properties, variables, account)).as("accounts in production")
                .isEqualTo(accounts == null ? Set.of() : new TreeSet<>(Set.of(accounts.split("[, ]+"))));
    }

    /** {@code name=value; name=value}, where a name without a dot has the prefix of all keys. */
    private static Map<String, String> settings(String text) {
        Map<String, String> settings = new HashMap<>();
        for (String setting : text == null ? new String[0] : text.split("; *")) {
            String[] nameAndValue = setting.strip().split("=", 2);
            settings.put(nameAndValue[0].replace("q.p.", AccountNames.PREFIX), nameAndValue[1]);
        }
        return settings;
    }

    private static String production(String account, Map<String, String> properties, Map<String, String> variables) {
        return result(account, config("prod", properties, variables, known(account)));
    }

    private static String withDevServices(String profile, String account, Map<String, String> properties,
            Map<String, String> variables) {
        SmallRyeConfig buildTime = builder(profile, properties, variables).withMapping(PostHogBuildTimeConfig.class).build();
        Optional<Boolean> enabled = Optional.of(buildTime.getConfigValue(AccountNames.key(account, "devservices.enabled")))
                .filter(EmulatedSettings::isConfigured).map(value -> Boolean.valueOf(value.getValue()));
        EmulatorDecision decision = SecretKeys.doUnlocked(() -> EmulatorDecision.of(account, enabled, property -> Optional
                .of(buildTime.getConfigValue(AccountNames.key(account, property))).filter(EmulatedSettings::isConfigured)));
        Map<String, String> emulator = decision.start() ? EmulatedSettings.config(account,
                Map.of("host", EMULATOR, "project-api-key", "phc_emulator", "personal-api-key", "phx_emulator"),
                decision.replacedHosts()) : Map.of();
        String logged = decision.reason().map(reason -> reason.contains("devservices.enabled") ? ", host logged" : ", logged")
                .orElse("");
        return result(account, config(profile, properties, variables, known(account),
                new PropertiesConfigSource(emulator, "DevServicesConfigSource", 240) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String getName() {
                        return "DevServicesConfigSource";
                    }
                })) + logged;
    }

    private static String result(String account, SmallRyeConfig config) {
        try {
            ResolvedAccountConfig settings = ResolvedAccountConfig.of(account,
                    config.getConfigMapping(PostHogRuntimeConfig.class).accounts().get(account));
            if (!settings.hasKeys()) {
                return "no key";
            }
            String api = settings.api().toString();
            if (api.equals(EMULATOR)) {
                assertThat(settings.ingestion()).hasToString(EMULATOR);
            }
            return settings.projectApiKey().or(settings::personalApiKey).orElseThrow() + " at "
                    + (api.equals(EMULATOR) ? "emulator" : settings.api().getHost());
        } catch (IllegalArgumentException e) {
            return e.getMessage().contains("quotation marks") && e.getMessage().contains("docker run --env-file") ? "quotes"
                    : e.getMessage();
        }
    }

    private static Set<String> names(Map<String, String> properties, Map<String, String> variables, String account) {
        Set<String> names = new TreeSet<>(config("prod", properties, variables, known(account))
                .getConfigMapping(PostHogRuntimeConfig.class).accounts().keySet());
        names.remove("default");
        return names;
    }

    /** As the build records an account that is injected. */
    private static ConfigSource known(String account) {
        return new PropertiesConfigSource(
                AccountNames.isDefault(account) ? Map.of() : Map.of(AccountNames.key(account, "active"), "true"),
                "known accounts", -100);
    }

    private static SmallRyeConfig config(String profile, Map<String, String> properties, Map<String, String> variables,
            ConfigSource... others) {
        return builder(profile, properties, variables).withSources(others).withMapping(PostHogRuntimeConfig.class).build();
    }

    private static SmallRyeConfigBuilder builder(String profile, Map<String, String> properties,
            Map<String, String> variables) {
        return new SmallRyeConfigBuilder().withProfile(profile).addDefaultInterceptors().addDiscoveredConverters()
                .withMappingIgnore("quarkus.posthog.**")
                .withInterceptors(new AccountConfigInterceptor())
                .withSources(new PropertiesConfigSource(properties, "application.properties", 250),
                        new EnvConfigSource(variables, 300));
    }
}
