package io.quarkiverse.posthog.flags;

import io.smallrye.mutiny.Uni;

/**
 * Shares the definitions of feature flags between the instances of an application, so that not each of them asks PostHog: one
 * fetches, the others read what it stored. PostHog's flag definition cache provider.
 * <p>
 * A bean of this type is used by all accounts that evaluate flags locally, or by the account whose
 * {@link io.quarkiverse.posthog.PostHogAccount} qualifier it has. Everything is waited for, for a bounded time only, and no
 * failure reaches the application: when {@link #shouldFetch} fails, the instance fetches; when {@link #getDefinitions} fails,
 * it
 * goes on with what it has.
 */
public interface FlagDefinitionProvider {

    /**
     * Asked before every fetch: whether this instance is the one to ask PostHog now.
     *
     * @param account the name of the account
     */
    Uni<Boolean> shouldFetch(String account);

    /** What was stored last, for instances that are not to fetch; null when nothing is stored. */
    Uni<FlagDefinitionsData> getDefinitions(String account);

    /** Stores what this instance fetched; also called when PostHog said that nothing has changed. */
    Uni<Void> onReceived(String account, FlagDefinitionsData data);

    /** The instance stops, and another may fetch from now on. */
    default Uni<Void> shutdown(String account) {
        return Uni.createFrom().voidItem();
    }
}
