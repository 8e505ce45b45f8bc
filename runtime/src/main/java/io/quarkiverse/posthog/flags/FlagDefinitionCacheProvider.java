package io.quarkiverse.posthog.flags;

import io.smallrye.mutiny.Uni;

/**
 * Shares flag definitions between instances of an application: one instance loads them from PostHog, and the others
 * read the stored ones. This corresponds to the flag definition cache provider of PostHog's SDKs.
 * <p>
 * A bean of this type is used by all accounts with local evaluation, or by the accounts of its {@link
 * io.quarkiverse.posthog.PostHogAccount} qualifier. If there are several beans, a bean with the qualifier takes
 * precedence, and then the bean with the highest priority. The methods are called on worker threads, one at a time for
 * each account, so they can block. Their results can be emitted on any thread, and must be available within {@code
 * flags.definitions.provider-timeout}. Failures do not affect the application: a warning is logged once, and the
 * instance continues without the provider.
 */
public interface FlagDefinitionCacheProvider {

    /**
     * Returns whether this instance should load the definitions from PostHog now. Called before every request. If the
     * result is not available in time, the instance loads the definitions.
     *
     * @param account the name of the account
     */
    Uni<Boolean> shouldFetchFlagDefinitions(String account);

    /**
     * Returns the definitions that were stored last, or null if nothing is stored. Called on instances that should not
     * load them. If an instance then has no definitions, it loads them itself. Also called before the first request of
     * an instance that should load them, which uses the stored definitions until PostHog responds.
     */
    Uni<FlagDefinitionCacheData> getFlagDefinitions(String account);

    /**
     * Stores the definitions that this instance loaded, after {@link #shouldFetchFlagDefinitions} returned true. Also called if
     * the
     * definitions have not changed; then only {@link FlagDefinitionCacheData#confirmedAt()} is new.
     */
    Uni<Void> onFlagDefinitionsReceived(String account, FlagDefinitionCacheData data);

    /** Called when the instance stops. Another instance can load the definitions from now on. */
    default Uni<Void> shutdown(String account) {
        return Uni.createFrom().voidItem();
    }
}
