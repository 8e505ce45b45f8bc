package io.quarkiverse.posthog.runtime.config;

import java.util.Set;

import io.quarkiverse.posthog.PostHogAccount;

/** Names of accounts, and of their configuration keys. */
public final class AccountNames {

    public static final String PREFIX = "quarkus.posthog.";

    /** First levels of the keys that are for all accounts. */
    public static final Set<String> SHARED = Set.of("context", "health", "metrics", "openfeature");

    /** First levels of other keys, which an account must not be called. */
    public static final Set<String> RESERVED = Set.of("retry", "budget", "max-response-size", "devservices", "capture", "flags",
            "context",
            "exceptions", "health", "metrics", "headers", "check", "openfeature");

    private AccountNames() {
    }

    /** The configuration key of an account: {@code quarkus.posthog.host} or {@code quarkus.posthog."work".host}. */
    public static String key(String account, String property) {
        return isDefault(account) ? PREFIX + property : PREFIX + "\"" + account + "\"." + property;
    }

    public static boolean isDefault(String account) {
        return PostHogAccount.DEFAULT.equals(account);
    }

    /** Whether a configuration key is about an account, the default one or another. */
    static boolean isOfAnAccount(String key) {
        return key.startsWith(PREFIX)
                && SHARED.stream().noneMatch(group -> key.startsWith(group + ".", PREFIX.length()));
    }

    /** Whether two names are different, but spelled the same in environment variables. */
    public static boolean isSameVariable(String account, String other) {
        return !account.equals(other) && AccountVariable.spelling(account).equals(AccountVariable.spelling(other));
    }

    /** What is wrong with a name, or null. */
    public static String problem(String account) {
        if (account == null || account.isBlank()) {
            return "the name of a PostHog account must not be blank; for the default account leave the qualifier out";
        }
        if (RESERVED.contains(account)) {
            return "a PostHog account can't be called '" + account + "', because " + PREFIX + account
                    + " is a configuration key of the default account; choose another name";
        }
        return null;
    }
}
