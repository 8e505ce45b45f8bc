package io.quarkiverse.posthog.deployment;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.flags.FeatureGate;
import io.quarkiverse.posthog.flags.PostHogFlag;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.AccountPropertyName;
import io.quarkiverse.posthog.runtime.config.EmulatedSettings;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.ProfileConfigSourceInterceptor;
import io.smallrye.config.SecretKeys;
import io.smallrye.config.SmallRyeConfig;

/**
 * The accounts and settings that are available at build time. Configuration that is only available at runtime, such as
 * environment variables in production, is not included.
 */
public final class BuildTimeAccounts {

    private static final DotName POSTHOG_ACCOUNT = DotName.createSimple(PostHogAccount.class);
    private static final DotName FEATURE_GATE = DotName.createSimple(FeatureGate.class);
    private static final DotName POSTHOG_FLAG = DotName.createSimple(PostHogFlag.class);

    /** {@code quarkus.posthog."work".host} */
    private static final Pattern QUOTED_NAME = Pattern.compile(Pattern.quote(AccountNames.PREFIX) + "\"([^\"]*)\"\\..+");

    private BuildTimeAccounts() {
    }

    /** Returns the names of the default account, and of all accounts in the configuration or the application. */
    public static Set<String> names(IndexView index) {
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        Set<String> spelled = new TreeSet<>(qualifiedNames(index));
        for (ConfigSource source : config.getConfigSources()) {
            if (!(source instanceof EnvConfigSource) && source.getPropertyNames() != null) {
                source.getPropertyNames().stream()
                        .map(name -> ProfileConfigSourceInterceptor.activeName(name, config.getProfiles()))
                        .forEach(name -> add(spelled, name));
            }
        }
        Set<String> names = new TreeSet<>(Set.of(PostHogAccount.DEFAULT));
        config.getPropertyNames().forEach(name -> add(names, name));
        // A name that was derived from an environment variable can be another spelling of one of these
        names.removeIf(name -> spelled.stream().anyMatch(other -> AccountNames.isSameVariable(name, other)));
        names.addAll(spelled);
        return names;
    }

    private static void add(Set<String> names, String propertyName) {
        AccountPropertyName key = AccountPropertyName.parse(propertyName);
        if (key != null) {
            names.add(key.account());
        }
    }

    /**
     * Returns the configuration keys with an invalid account name, and the reason why each name is invalid.
     *
     * @param reserved the names that other modules use as prefixes of their configuration
     */
    static Map<String, String> invalidKeys(Set<String> reserved) {
        Map<String, String> problems = new TreeMap<>();
        for (String key : ConfigProvider.getConfig().getPropertyNames()) {
            Matcher matcher = QUOTED_NAME.matcher(key);
            AccountPropertyName property = AccountPropertyName.parse(key);
            String name = matcher.matches() ? matcher.group(1) : property == null ? null : property.account();
            String problem = name == null ? null : AccountNames.validate(name, reserved);
            if (problem != null) {
                problems.put(key, problem);
            }
        }
        return problems;
    }

    /** Returns the names in {@link PostHogAccount} annotations, and in other annotations with an account. */
    private static Set<String> qualifiedNames(IndexView index) {
        return Stream.of(names(index, POSTHOG_ACCOUNT, "value"), names(index, FEATURE_GATE, "account"),
                names(index, POSTHOG_FLAG, "account"))
                .flatMap(names -> names)
                .filter(name -> AccountNames.validate(name) == null)
                .collect(Collectors.toSet());
    }

    private static Stream<String> names(IndexView index, DotName annotation, String member) {
        return index.getAnnotations(annotation).stream()
                .map(instance -> instance.value(member))
                .filter(Objects::nonNull)
                .map(AnnotationValue::asString);
    }

    /** Returns the project ID of an account if it is configured as a number, otherwise 1. */
    public static long projectId(String account) {
        return value(account, "project-id").filter(id -> id.matches("\\d{1,18}")).map(Long::parseLong).orElse(1L);
    }

    /** Returns the configured value of an account; empty if it has a default or is blank. */
    public static Optional<String> value(String account, String property) {
        return configValue(account, property).map(ConfigValue::getValue).map(String::strip);
    }

    /** Returns the configured value of an account, converted to a type; empty if it has a default or is blank. */
    public static <T> Optional<T> value(String account, String property, Class<T> type) {
        return configValue(account, property).map(
                value -> ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).convert(value.getValue(), type));
    }

    /** Returns the configured value of an account with its source; empty if it has a default or is blank. */
    public static Optional<ConfigValue> configValue(String account, String property) {
        // Keys may be locked as secrets; this only checks whether they exist
        return SecretKeys.doUnlocked(() -> Optional.of(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class)
                .getConfigValue(AccountNames.key(account, property))).filter(EmulatedSettings::isConfigured));
    }
}
