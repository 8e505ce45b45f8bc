package org.acme.backoffice;

import jakarta.inject.Inject;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkus.vertx.web.Route;
import io.smallrye.mutiny.Uni;

/** The same without REST. */
public class Routes {

    @Inject
    PostHog posthog;

    @Inject
    PostHogContext context;

    @Route(path = "/route/who", methods = Route.HttpMethod.GET)
    Uni<String> who() {
        posthog.capture(CaptureEvent.of("who"));
        return Uni.createFrom().item(() -> context.distinctId().orElse("nobody"));
    }
}
