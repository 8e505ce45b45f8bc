package org.acme.backoffice;

import java.time.Duration;

import jakarta.inject.Inject;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.flags.Flag;
import io.quarkiverse.posthog.flags.PostHogFlag;
import io.quarkus.vertx.web.Route;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** The endpoints of the back office as reactive routes. */
public class Routes {

    @Inject
    PostHog posthog;

    @Inject
    PostHogContext context;

    @Inject
    @PostHogFlag("refunds")
    Flag refunds;

    /** Requires the feature flag for refunds. */
    @Route(path = "/route/refunds", methods = Route.HttpMethod.GET)
    void refunds(RoutingContext routing) {
        refunds.isEnabled().subscribe().with(enabled -> {
            if (enabled) {
                routing.end("Refunds");
            } else {
                routing.next();
            }
        }, routing::fail);
    }

    @Route(path = "/route/who", methods = Route.HttpMethod.GET)
    Uni<String> who() {
        posthog.capture(CaptureEvent.of("who"));
        return Uni.createFrom().item(() -> context.distinctId().orElse("nobody"));
    }

    @Route(path = "/route/broken", methods = Route.HttpMethod.GET)
    String broken() {
        throw new IllegalStateException("The route is broken");
    }

    @Route(path = "/route/slow", methods = Route.HttpMethod.GET, type = Route.HandlerType.BLOCKING)
    String slow() throws InterruptedException {
        Thread.sleep(600);
        throw new IllegalStateException("The slow route is broken");
    }

    @Route(path = "/route/later", methods = Route.HttpMethod.GET)
    Uni<String> later() {
        return Uni.createFrom().item("never sent").onItem().delayIt().by(Duration.ofMillis(600))
                .onItem().failWith(() -> new IllegalStateException("The later route is broken"));
    }

    @Route(path = "/route/mended", methods = Route.HttpMethod.GET)
    Uni<String> mended() {
        return Uni.createFrom().failure(() -> new IllegalStateException("The bridge is closed"));
    }

    @Route(path = "/route/mended", type = Route.HandlerType.FAILURE)
    void mend(RoutingContext routing, HttpServerResponse response) {
        response.setStatusCode(502).end("Take the ferry");
    }
}
