package org.acme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.posthog.flags.FeatureGate;
import io.quarkiverse.posthog.flags.Flag;
import io.quarkiverse.posthog.flags.PostHogFlag;
import io.quarkus.vertx.web.Route;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

public class Gates {

    // tag::gate[]
    @Path("/forecast")
    @FeatureGate("forecast") // <1>
    public static class ForecastResource {

        @GET
        public Uni<Forecast> forecast() {
            return compute();
        }

        @GET
        @Path("/weekly")
        @FeatureGate(value = "forecast", variant = "weekly") // <2>
        public Uni<Forecast> weekly() {
            return compute();
        }
        // end::gate[]

        private Uni<Forecast> compute() {
            return Uni.createFrom().item(new Forecast(7));
        }
        // tag::gate[]
    }
    // end::gate[]

    @Path("/refunds")
    public static class RefundResource {

        // tag::members[]
        @GET
        @FeatureGate(value = "refunds", status = 403, account = "work", defaultValue = true)
        public String refunds() {
            return "Refunds";
        }
        // end::members[]
    }

    // tag::inject[]
    @ApplicationScoped
    public static class Checkout {

        @Inject
        @PostHogFlag("new-checkout")
        Flag newCheckout; // <1>

        @Inject
        @PostHogFlag(value = "gift-wrapping", defaultValue = true) // <2>
        Instance<Boolean> giftWrapping;

        public Uni<String> page() {
            return newCheckout.variant().map(layout -> layout == null ? "old" : layout); // <3>
        }

        public boolean offersWrapping() {
            return giftWrapping.get(); // <4>
        }
    }
    // end::inject[]

    // tag::route[]
    @Inject
    @PostHogFlag("forecast")
    Flag forecast;

    @Route(path = "/forecast.txt", methods = Route.HttpMethod.GET)
    void forecast(RoutingContext routing) {
        forecast.isEnabled().subscribe().with(enabled -> {
            if (enabled) {
                routing.end("Seven lamps");
            } else {
                routing.next(); // <1>
            }
        }, routing::fail);
    }
    // end::route[]

    public record Forecast(int lamps) {
    }
}
