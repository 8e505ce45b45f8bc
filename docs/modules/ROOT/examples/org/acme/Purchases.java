package org.acme;

import java.math.BigDecimal;
import java.util.UUID;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.jboss.resteasy.reactive.RestQuery;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.smallrye.mutiny.Uni;

// tag::purchases[]
@Path("/purchases")
public class Purchases {

    @Inject
    PostHog posthog; // <1>

    @POST
    public Uni<UUID> buy(@RestQuery String customer, @RestQuery BigDecimal amount) {
        return posthog.captureImmediate(CaptureEvent.of("purchase", customer) // <2>
                .property("amount", amount)
                .property("currency", "EUR"));
    }
}
// end::purchases[]
