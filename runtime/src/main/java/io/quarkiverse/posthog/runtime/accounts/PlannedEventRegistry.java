package io.quarkiverse.posthog.runtime.accounts;

import java.util.List;

import io.quarkiverse.posthog.runtime.resources.DefinitionsClient;
import io.quarkiverse.posthog.runtime.tracking.DescriptionPublisher;
import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.quarkiverse.posthog.tracking.PublishedDescriptions;
import io.quarkiverse.posthog.tracking.TrackingPlans;
import io.smallrye.mutiny.Uni;

/**
 * The tracking plans that were found at build time.
 *
 * @param accounts the accounts to which descriptions can be published
 */
public record PlannedEventRegistry(List<PlannedEvent> events, AccountRegistry accounts) implements TrackingPlans {

    @Override
    public Uni<PublishedDescriptions> publishDescriptions(String account) {
        return new DescriptionPublisher(new DefinitionsClient(accounts.get(account).calls())).publish(events);
    }
}
