package io.quarkiverse.posthog.tracking;

import java.util.List;
import java.util.SortedSet;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogException;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;

/** The events of all tracking plans of the application. Inject this bean to read them, or to publish their descriptions. */
public interface TrackingPlans {

    /** Returns the events of all plans, ordered by name; empty if the application has no plan. */
    List<PlannedEvent> events();

    /**
     * Returns the events of the plans that the application injects for an account, ordered by name. A plan that is injected
     * with {@code @Any Instance} belongs to all accounts that are known at build time.
     *
     * @param account the name of the account
     * @return the events; empty if no plan is injected for the account
     */
    List<PlannedEvent> events(String account);

    /** Returns the names of the accounts for which the application injects a plan. */
    SortedSet<String> accounts();

    /** Compares the descriptions with the default account. Shorthand for {@link #compareDescriptions(String)}. */
    @CheckReturnValue
    default Uni<DescriptionChanges> compareDescriptions() {
        return compareDescriptions(PostHogAccount.DEFAULT);
    }

    /**
     * Returns the descriptions that {@link #publishDescriptions(String)} would write. Changes nothing.
     * <p>
     * Requires {@code personal-api-key} with the scopes {@code event_definition:read} and {@code property_definition:read}.
     * Fails with a {@link PostHogException} if a request fails.
     *
     * @param account the name of the account
     * @throws IllegalArgumentException if the account does not exist or is inactive, or if no plan is injected for it
     */
    @CheckReturnValue
    Uni<DescriptionChanges> compareDescriptions(String account);

    /** Writes the descriptions to the default account. Shorthand for {@link #publishDescriptions(String)}. */
    @CheckReturnValue
    default Uni<DescriptionChanges> publishDescriptions() {
        return publishDescriptions(PostHogAccount.DEFAULT);
    }

    /**
     * Writes the descriptions of the account's events and their properties to the definitions in PostHog, if they differ, and
     * returns the descriptions that it has written. Definitions whose description in the plans is empty are not changed.
     * PostHog
     * creates a definition when it receives the first event, so that events and properties that were never captured are
     * reported
     * as missing.
     * <p>
     * Requires {@code personal-api-key} with the scopes {@code event_definition:write} and {@code property_definition:write}.
     * Fails with a {@link PostHogException} if a request fails; descriptions that were written before are kept. Self-hosted
     * instances without a license reject descriptions.
     *
     * @param account the name of the account
     * @throws IllegalArgumentException if the account does not exist or is inactive, or if no plan is injected for it
     */
    @CheckReturnValue
    Uni<DescriptionChanges> publishDescriptions(String account);
}
