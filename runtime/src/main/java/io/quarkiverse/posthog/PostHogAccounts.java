package io.quarkiverse.posthog;

import java.util.Optional;
import java.util.Set;

/**
 * All PostHog accounts of the application: those of the configuration and those opened from code.
 * <p>
 * Accounts are isolated from each other: each has its own credentials, connections and request budget.
 */
public interface PostHogAccounts {

    /** The default account, configured with {@code quarkus.posthog.*}. */
    default PostHog get() {
        return get(PostHogAccount.DEFAULT);
    }

    /**
     * The account {@code name}.
     *
     * @throws IllegalArgumentException when there is no such account, it is inactive, it has no keys, or its
     *         settings are invalid; the message says which keys to set and which accounts exist
     */
    PostHog get(String name);

    /**
     * The account {@code name}, or empty when there is no such account or it is inactive.
     *
     * @throws IllegalArgumentException when its settings are invalid
     */
    Optional<PostHog> find(String name);

    /** The names of the usable accounts, the configured ones and the opened ones. */
    Set<String> names();

    /**
     * Opens a further account from code, for applications that serve many tenants.
     * <p>
     * Open an account once and keep using it: each open account has its own connections. It is closed by
     * {@link #close(String)}, or when the application stops.
     *
     * @param name a name that no other account has
     * @throws IllegalArgumentException when the name is blank or taken, or the settings are invalid or have no key
     */
    PostHog open(String name, AccountSettings settings);

    /**
     * Closes an account that {@link #open} opened. Requests in flight fail.
     *
     * @return whether such an account was open
     * @throws IllegalArgumentException when the account comes from the configuration
     */
    boolean close(String name);
}
