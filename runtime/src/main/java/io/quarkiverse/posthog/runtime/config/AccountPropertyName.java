package io.quarkiverse.posthog.runtime.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.quarkiverse.posthog.PostHogAccount;
import io.smallrye.config.ConfigValue;

/** The configuration key of an account, independent of its notation. */
public record AccountPropertyName(String account, String property) {

    static AccountPropertyName ofDefault(String property) {
        return new AccountPropertyName(PostHogAccount.DEFAULT, property);
    }

    /**
     * Returns the key with this name, in any notation with dots: {@code quarkus.posthog.host},
     * {@code quarkus.posthog."my.shop".host}, {@code quarkus.posthog.shop.host}. Null if it is not the key of an account.
     */
    public static AccountPropertyName parse(String name) {
        if (!name.startsWith(AccountNames.PREFIX)) {
            return null;
        }
        String text = name.substring(AccountNames.PREFIX.length());
        if (text.startsWith("\"")) {
            int end = text.indexOf("\".", 1);
            return end < 0 ? null : of(text.substring(1, end), text.substring(end + 2));
        }
        if (AccountProperties.contains(text)) {
            return ofDefault(text);
        }
        for (int dot = text.indexOf('.'); dot > 0; dot = text.indexOf('.', dot + 1)) {
            AccountPropertyName key = of(text.substring(0, dot), text.substring(dot + 1));
            if (key != null) {
                return key;
            }
        }
        return null;
    }

    private static AccountPropertyName of(String account, String property) {
        boolean valid = AccountNames.validate(account) == null && account.indexOf('"') < 0
                && AccountNames.RESERVED.stream().noneMatch(group -> account.startsWith(group + "."))
                && AccountProperties.contains(property);
        return valid ? new AccountPropertyName(account, property) : null;
    }

    /**
     * Replaces the keys of accounts with one name per key, independent of the notation. An environment variable belongs to
     * the accounts that the other names mention. All other names remain.
     */
    static Set<String> normalize(Collection<String> names) {
        Set<String> remaining = new HashSet<>(names);
        List<List<AccountEnvironmentVariable>> variables = names.stream().filter(AccountEnvironmentVariable::matches)
                .map(AccountEnvironmentVariable::of)
                // The variable of another profile has no derived name
                .filter(readings -> derivedNames(readings).anyMatch(remaining::contains))
                .toList();
        variables.forEach(readings -> derivedNames(readings).forEach(remaining::remove));
        // Names instead of records, whose hash codes take milliseconds to link at startup
        Set<String> keys = new HashSet<>();
        Set<String> accounts = new HashSet<>();
        for (Iterator<String> name = remaining.iterator(); name.hasNext();) {
            AccountPropertyName key = parse(name.next());
            if (key != null) {
                name.remove();
                keys.add(key.name());
                accounts.add(key.account());
            }
        }
        variables.forEach(readings -> readings.stream().filter(reading -> reading.isOf(accounts)).findFirst()
                .or(() -> readings.stream().findFirst())
                .ifPresent(reading -> reading.keys(accounts).forEach(key -> keys.add(key.name()))));
        remaining.addAll(keys);
        return remaining;
    }

    private static Stream<String> derivedNames(List<AccountEnvironmentVariable> readings) {
        return readings.stream().flatMap(AccountEnvironmentVariable::derivedNames);
    }

    /** Returns the name of the key in messages and in the configuration. */
    public String name() {
        return AccountNames.key(account, property);
    }

    /** Returns the names of the key in each notation. */
    List<String> notations() {
        String quoted = AccountNames.PREFIX + "\"" + account + "\"." + property;
        String unquoted = AccountNames.PREFIX + account + "." + property;
        return AccountNames.isDefault(account) ? List.of(name(), quoted, unquoted) : List.of(quoted, unquoted);
    }

    /** Returns the value of the source with the highest priority, in any notation; null if there is none. */
    ConfigValue value(Function<String, ConfigValue> source) {
        ConfigValue best = null;
        for (String notation : notations()) {
            ConfigValue value = source.apply(notation);
            if (value != null && (best == null || isBetter(value, best))) {
                best = value;
            }
        }
        return best;
    }

    private static boolean isBetter(ConfigValue value, ConfigValue best) {
        int order = ConfigValue.CONFIG_SOURCE_COMPARATOR.compare(value, best);
        if (order == 0 && (value.getProfile() == null) != (best.getProfile() == null)) {
            return value.getProfile() != null;
        }
        return order > 0 || order == 0 && isBlank(best) && !isBlank(value);
    }

    static boolean isBlank(ConfigValue value) {
        return value != null && (value.getValue() == null || value.getValue().isBlank());
    }
}
