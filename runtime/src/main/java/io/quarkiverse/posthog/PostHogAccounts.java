package io.quarkiverse.posthog;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

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
     * {@link #close(String)}, or when the application stops. Where several requests may be the first of a tenant, use
     * {@link #getOrOpen}.
     * <p>
     * While the application stops, the account is closed from the beginning: its events are counted as dropped.
     * <p>
     * With {@code capture.spool.directory} it opens files, so don't call it on an event loop then.
     *
     * @param name a name that no other account has
     * @throws IllegalArgumentException when the name is blank or taken, or the settings are invalid or have no key
     * @throws IllegalStateException when the directory of its spool is in use
     */
    PostHog open(String name, AccountSettings settings);

    /**
     * The account {@code name}, which is opened if there is none. Several callers at a time get the same one.
     *
     * @param settings asked for only when the account is not there
     * @throws IllegalArgumentException as {@link #open} does; also when the account is configured, but inactive
     * @throws IllegalStateException as {@link #open} does
     */
    default PostHog getOrOpen(String name, Supplier<AccountSettings> settings) {
        Optional<PostHog> there = find(name);
        if (there.isPresent()) {
            return there.get();
        }
        AccountSettings wanted = settings.get();
        try {
            return open(name, wanted);
        } catch (IllegalArgumentException e) {
            // Unless somebody else was faster
            return find(name).orElseThrow(() -> e);
        }
    }

    /**
     * Closes an account that {@link #open} opened. What is queued is delivered first, which is waited for up to
     * {@code capture.shutdown-timeout}; on an event loop it goes on by itself. Other requests in flight, and all that
     * follow, fail with a {@link PostHogConnectionException}. The name can be opened again when that is over.
     *
     * @return whether such an account was open
     * @throws IllegalArgumentException when the account comes from the configuration
     */
    boolean close(String name);
}
