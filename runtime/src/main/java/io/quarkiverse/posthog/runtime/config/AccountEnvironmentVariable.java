package io.quarkiverse.posthog.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.smallrye.config.common.utils.StringUtil;

/**
 * A possible interpretation of an environment variable as the configuration key of an account.
 *
 * @param account the name of the account as it appears in the variable, {@code MY_SHOP}; null for the default account
 * @param property the property of the account
 * @param quoted whether two underscores surround the name of the account
 */
record AccountEnvironmentVariable(String account, String property, boolean quoted) {

    private static final String PREFIX = "QUARKUS_POSTHOG_";

    private static final Pattern VARIABLE = Pattern.compile("(?:_[A-Z0-9_]+_)?" + PREFIX + "[A-Z0-9_]+",
            Pattern.CASE_INSENSITIVE);

    /** Returns whether a property name is an environment variable, rather than a notation with dots. */
    static boolean matches(String name) {
        return VARIABLE.matcher(name).matches();
    }

    /** Returns the spelling of a name in environment variables. */
    static String spelling(String name) {
        return StringUtil.replaceNonAlphanumericByUnderscores(name).toUpperCase(Locale.ROOT);
    }

    static String dashed(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns all ways to read the variable, the way with the shortest account name first. */
    static List<AccountEnvironmentVariable> of(String variable) {
        String upper = variable.toUpperCase(Locale.ROOT);
        String text = upper.substring(upper.indexOf(PREFIX) + PREFIX.length());
        List<AccountEnvironmentVariable> readings = new ArrayList<>();
        if (AccountNames.SHARED.stream().anyMatch(group -> text.startsWith(spelling(group) + "_"))) {
            return readings;
        }
        String property = AccountProperties.ofVariable(text);
        if (property != null) {
            readings.add(new AccountEnvironmentVariable(null, property, false));
        } else if (text.startsWith("_")) {
            add(readings, text.substring(1), "__");
        } else {
            add(readings, text, "_");
        }
        return readings;
    }

    private static void add(List<AccountEnvironmentVariable> readings, String text, String separator) {
        for (int end = text.indexOf(separator, 1); end > 0; end = text.indexOf(separator, end + 1)) {
            String property = AccountProperties.ofVariable(text.substring(end + separator.length()));
            if (property != null) {
                readings.add(new AccountEnvironmentVariable(text.substring(0, end), property, separator.length() > 1));
            }
        }
    }

    /** Returns the names that SmallRye Config derives from the variable, in which dots separate the words. */
    Stream<String> derivedNames() {
        String dotted = property.replace('-', '.');
        if (account == null) {
            return Stream.of(AccountNames.PREFIX + dotted);
        }
        String name = account.toLowerCase(Locale.ROOT).replace('_', '.');
        String prefix = AccountNames.PREFIX + (quoted ? '"' + name + '"' : name) + ".";
        return Stream.of(prefix + property, prefix + dotted);
    }

    boolean isOf(Set<String> accounts) {
        return account == null || accounts.stream().anyMatch(name -> spelling(name).equals(account));
    }

    /**
     * Returns the keys of the accounts with this spelling; if there are none, of an account whose name is spelled with dashes.
     */
    Stream<AccountPropertyName> keys(Set<String> accounts) {
        if (account == null) {
            return Stream.of(AccountPropertyName.ofDefault(property));
        }
        if (!isOf(accounts)) {
            return Stream.of(new AccountPropertyName(dashed(account), property));
        }
        return accounts.stream().filter(name -> spelling(name).equals(account))
                .map(name -> new AccountPropertyName(name, property));
    }
}
