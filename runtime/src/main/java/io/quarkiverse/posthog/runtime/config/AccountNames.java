package io.quarkiverse.posthog.runtime.config;

import java.util.Set;

import io.quarkiverse.posthog.PostHogAccount;

/** Names of accounts, and of their configuration keys. */
public final class AccountNames {

    public static final String PREFIX = "quarkus.posthog.";

    /** The first level of keys that apply to all accounts. */
    public static final Set<String> SHARED = Set.of("context", "health", "metrics", "openfeature");

    /** The first level of all keys with several levels, which cannot be account names. */
    public static final Set<String> RESERVED = Set.of("retry", "rate-limit", "max-response-size", "devservices", "capture",
            "flags",
            "context",
            "exceptions", "health", "metrics", "headers", "check", "openfeature");

    private AccountNames() {
    }

    /** Returns the configuration key of an account: {@code quarkus.posthog.host} or {@code quarkus.posthog."work".host}. */
    public static String key(String account, String property) {
        return isDefault(account) ? PREFIX + property : PREFIX + "\"" + account + "\"." + property;
    }

    public static boolean isDefault(String account) {
        return PostHogAccount.DEFAULT.equals(account);
    }

    /** Returns whether a configuration key belongs to an account. */
    static boolean isOfAnAccount(String key) {
        return key.startsWith(PREFIX)
                && SHARED.stream().noneMatch(group -> key.startsWith(group + ".", PREFIX.length()));
    }

    /** Returns whether two names are different, but have the same spelling in environment variables. */
    public static boolean isSameVariable(String account, String other) {
        return !account.equals(other)
                && AccountEnvironmentVariable.spelling(account).equals(AccountEnvironmentVariable.spelling(other));
    }

    /**
     * Returns the reason why a name is invalid; null if it is valid.
     *
     * @param reserved the names that other modules use as prefixes of their configuration
     */
    public static String validate(String account, Set<String> reserved) {
        if (account != null && reserved.contains(account)) {
            return "a PostHog account cannot be named '" + account + "', because " + PREFIX + account
                    + " is the configuration of another part of the extension; choose another name";
        }
        return validate(account);
    }

    /** Returns the reason why a name is invalid; null if it is valid. */
    public static String validate(String account) {
        if (account == null || account.isBlank()) {
            return "the name of a PostHog account must not be blank; to use the default account, omit the qualifier";
        }
        if (RESERVED.contains(account)) {
            return "a PostHog account cannot be named '" + account + "', because " + PREFIX + account
                    + " is a configuration key of the default account; choose another name";
        }
        return null;
    }
}
