package io.quarkiverse.posthog;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The PostHog accounts of the application: configured accounts, and accounts that were opened from code.
 * <p>
 * Accounts are isolated from each other: each has its own keys, connections and rate limits.
 */
public interface PostHogAccounts {

    /**
     * Returns the default account, configured with {@code quarkus.posthog.*}. Shorthand for {@link #get(String)} with
     * {@link PostHogAccount#DEFAULT}.
     */
    default PostHog get() {
        return get(PostHogAccount.DEFAULT);
    }

    /**
     * Returns the account {@code name}.
     *
     * @throws IllegalArgumentException if the account does not exist, is inactive, has no keys, or its
     *         settings are invalid; the message names the properties to set and the existing accounts
     */
    PostHog get(String name);

    /**
     * Returns the account {@code name}, or empty if it does not exist or is inactive.
     *
     * @throws IllegalArgumentException if its settings are invalid
     */
    Optional<PostHog> find(String name);

    /** Returns the names of all active accounts, configured or opened. */
    Set<String> names();

    /**
     * Opens an account from code, for applications with many tenants.
     * <p>
     * Open an account once and reuse it, because each open account has its own connections. It is closed by
     * {@link #close(String)}, or when the application stops. If concurrent requests can open the same account, use
     * {@link #getOrOpen}.
     * <p>
     * If you open an account while the application stops, it is closed, and its events are counted as dropped.
     * <p>
     * With {@code capture.spool.directory}, this opens files, so do not call it on an event loop.
     *
     * @param name a unique name
     * @throws IllegalArgumentException if the name is blank or already used, or if the settings are invalid or have no key
     * @throws IllegalStateException if the directory of its spool is in use
     */
    PostHog open(String name, AccountSettings settings);

    /**
     * Returns the account {@code name}, or opens it if it does not exist. Concurrent callers get the same account.
     *
     * @param settings supplies the settings; called only if the account does not exist
     * @throws IllegalArgumentException as for {@link #open}; also if the account is configured, but inactive
     * @throws IllegalStateException as for {@link #open}
     */
    default PostHog getOrOpen(String name, Supplier<AccountSettings> settings) {
        Optional<PostHog> existing = find(name);
        if (existing.isPresent()) {
            return existing.get();
        }
        AccountSettings newSettings = settings.get();
        try {
            return open(name, newSettings);
        } catch (IllegalArgumentException e) {
            // Another thread may have opened the account in the meantime
            return find(name).orElseThrow(() -> e);
        }
    }

    /**
     * Closes an account that was opened with {@link #open}. It first delivers queued events, and waits for up to
     * {@code capture.shutdown-timeout}; on an event loop, it does not wait. Other requests in flight, and all later
     * requests, fail with a {@link PostHogConnectionException}. The name can be reused afterwards.
     *
     * @return whether the account was open
     * @throws IllegalArgumentException if the account was not opened from code
     */
    boolean close(String name);
}
