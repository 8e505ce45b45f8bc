package org.acme;

import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.tracking.DescriptionChanges;
import io.quarkiverse.posthog.tracking.TrackingPlans;
import io.smallrye.mutiny.Uni;

public class Descriptions {

    // tag::publish[]
    @Inject
    TrackingPlans plans;

    Uni<DescriptionChanges> publish() {
        return plans.publishDescriptions() // <1>
                .invoke(written -> Logger.getLogger(Descriptions.class)
                        .infof("Not in PostHog yet: %s", written.missing())); // <2>
    }
    // end::publish[]
}
