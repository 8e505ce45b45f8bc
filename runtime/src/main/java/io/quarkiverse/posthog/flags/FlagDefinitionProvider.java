package io.quarkiverse.posthog.flags;

import io.smallrye.mutiny.Uni;

/**
 * Shares the definitions of feature flags between the instances of an application, so that not each of them asks
 * PostHog: one fetches, the others read what it stored. PostHog's flag definition cache provider.
 * <p>
 * A bean of this type is used by all accounts that evaluate flags locally, or by the accounts whose
 * {@link io.quarkiverse.posthog.PostHogAccount} qualifier it has; of several, the one with the qualifier, and then
 * the one with the highest priority. Its methods are called on worker threads, one at a time for each account, so
 * that they may block; their results may come on any thread. Each is waited for as long as
 * {@code flags.definitions.provider-timeout} says, and no failure reaches the application: there is a warning, the
 * first time, and the instance does without the provider.
 */
public interface FlagDefinitionProvider {

    /**
     * Asked before every fetch: whether this instance is the one to ask PostHog now. When that is not known in time,
     * it does.
     *
     * @param account the name of the account
     */
    Uni<Boolean> shouldFetch(String account);

    /**
     * What was stored last, for an instance that is not to fetch; null when nothing is stored. An instance that then
     * has no definitions at all fetches them for itself. Also asked by an instance that is to fetch for the first
     * time, which uses them until PostHog answers.
     */
    Uni<FlagDefinitionsData> getDefinitions(String account);

    /**
     * Stores what this instance fetched, which {@link #shouldFetch} said it should. Also called when PostHog said
     * that nothing has changed: then only {@link FlagDefinitionsData#confirmedAt()} has.
     */
    Uni<Void> onReceived(String account, FlagDefinitionsData data);

    /** The instance stops, and another may fetch from now on. */
    default Uni<Void> shutdown(String account) {
        return Uni.createFrom().voidItem();
    }
}
