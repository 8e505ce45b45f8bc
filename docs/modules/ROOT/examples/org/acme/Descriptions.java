package org.acme;

import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.tracking.PublishedDescriptions;
import io.quarkiverse.posthog.tracking.TrackingPlans;
import io.smallrye.mutiny.Uni;

public class Descriptions {

    // tag::publish[]
    @Inject
    TrackingPlans plans;

    Uni<PublishedDescriptions> publish() {
        return plans.publishDescriptions() // <1>
                .invoke(published -> Logger.getLogger(Descriptions.class)
                        .infof("Not in PostHog yet: %s", published.missing())); // <2>
    }
    // end::publish[]
}
