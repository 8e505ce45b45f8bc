package io.quarkiverse.posthog.deployment;

import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.flags.FeatureGate;
import io.quarkiverse.posthog.flags.PostHogFlag;
import io.quarkiverse.posthog.runtime.config.AccountConfig;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.smallrye.config.SecretKeys;
import io.smallrye.config.common.utils.StringUtil;

/**
 * What is known of the accounts at build time. Configuration that comes later, such as environment variables of
 * production, is not.
 */
public final class AccountConfiguration {

    private static final DotName POSTHOG_ACCOUNT = DotName.createSimple(PostHogAccount.class);
    private static final DotName FEATURE_GATE = DotName.createSimple(FeatureGate.class);
    private static final DotName POSTHOG_FLAG = DotName.createSimple(PostHogFlag.class);

    /** {@code quarkus.posthog."work".host} or {@code quarkus.posthog.work.host}. */
    private static final Pattern NAMED_KEY = Pattern
            .compile(Pattern.quote(AccountNames.PREFIX) + "(?:\"(?<quoted>[^\"]*)\"|(?<plain>[^.\"]+))\\..+");

    /** The keys of an account with their first level only. */
    private static final Set<String> ACCOUNT_KEYS = Arrays.stream(AccountConfig.class.getMethods())
            .map(method -> StringUtil.skewer(method.getName())).collect(Collectors.toUnmodifiableSet());

    private AccountConfiguration() {
    }

    /** The default account, and those that have a configuration key. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(Set.of(PostHogAccount.DEFAULT));
        for (String key : ConfigProvider.getConfig().getPropertyNames()) {
            String name = name(key);
            if (name != null && AccountNames.problem(name) == null) {
                names.add(name);
            }
        }
        return names;
    }

    /** Configuration keys that name an account as it can't be called. */
    static Set<String> invalidKeys() {
        Set<String> keys = new TreeSet<>();
        for (String key : ConfigProvider.getConfig().getPropertyNames()) {
            String name = name(key);
            if (name != null && key.contains("\"") && AccountNames.problem(name) != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** The account a key belongs to; null for the default one, whose groups look the same as an unquoted name. */
    static String name(String key) {
        Matcher matcher = NAMED_KEY.matcher(key);
        if (!matcher.matches()) {
            return null;
        }
        if (matcher.group("quoted") != null) {
            return matcher.group("quoted");
        }
        return isEnvironmentVariable(key) ? null : matcher.group("plain");
    }

    /** {@code QUARKUS_POSTHOG_PROJECT_API_KEY} is a key of the default account, but reads {@code project.api.key}. */
    private static boolean isEnvironmentVariable(String key) {
        return ACCOUNT_KEYS.contains(key.substring(AccountNames.PREFIX.length()).replace('.', '-'));
    }

    /** Names in {@link PostHogAccount} annotations, and in others that name an account. */
    public static Set<String> qualifiedNames(IndexView index) {
        return Stream.of(names(index, POSTHOG_ACCOUNT, "value"), names(index, FEATURE_GATE, "account"),
                names(index, POSTHOG_FLAG, "account"))
                .flatMap(names -> names)
                .filter(name -> AccountNames.problem(name) == null)
                .collect(Collectors.toSet());
    }

    private static Stream<String> names(IndexView index, DotName annotation, String member) {
        return index.getAnnotations(annotation).stream()
                .map(instance -> instance.value(member))
                .filter(Objects::nonNull)
                .map(AnnotationValue::asString);
    }

    /** Whether a setting of an account has a value. */
    public static boolean isSet(String account, String property) {
        return value(account, property) != null;
    }

    /** The project of an account when it is configured as a number, otherwise 1. */
    public static long projectId(String account) {
        String id = value(account, "project-id");
        return id != null && id.matches("\\d{1,18}") ? Long.parseLong(id) : 1;
    }

    private static String value(String account, String property) {
        // Keys may be locked as secrets; only whether they are there is asked
        return SecretKeys.doUnlocked(() -> ConfigProvider.getConfig()
                .getOptionalValue(AccountNames.key(account, property), String.class)
                .filter(value -> !value.isBlank())
                .orElse(null));
    }
}
