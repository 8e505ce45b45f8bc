package io.quarkiverse.posthog.tracking;

import java.util.List;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogException;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;

/** The events of all tracking plans of the application. Inject this bean to read them, or to publish their descriptions. */
public interface TrackingPlans {

    /** Returns the events of all plans, ordered by name; empty if the application has no plan. */
    List<PlannedEvent> events();

    /** Writes the descriptions to the default account. Shorthand for {@link #publishDescriptions(String)}. */
    @CheckReturnValue
    default Uni<PublishedDescriptions> publishDescriptions() {
        return publishDescriptions(PostHogAccount.DEFAULT);
    }

    /**
     * Writes the descriptions of the events and properties to the definitions in PostHog, if they differ. Descriptions that the
     * plans do not have are not changed. PostHog creates a definition when it receives the first event, so that events and
     * properties that were never captured are reported as missing.
     * <p>
     * Requires {@code personal-api-key} with the scopes {@code event_definition:write} and {@code property_definition:write}.
     * Fails with a {@link PostHogException} if a request fails; descriptions that were written before are kept. Self-hosted
     * instances without a license reject descriptions.
     *
     * @param account the name of the account
     * @throws IllegalArgumentException if the account does not exist or is inactive
     */
    @CheckReturnValue
    Uni<PublishedDescriptions> publishDescriptions(String account);
}
