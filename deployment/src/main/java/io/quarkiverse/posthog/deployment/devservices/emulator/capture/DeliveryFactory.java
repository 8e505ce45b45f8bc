package io.quarkiverse.posthog.deployment.devservices.emulator.capture;

import io.quarkiverse.posthog.deployment.devservices.emulator.http.ApiRequest;
import io.quarkiverse.posthog.deployment.devservices.emulator.http.RequestBody;
import io.quarkiverse.posthog.deployment.devservices.emulator.http.RequestLog;
import io.quarkiverse.posthog.deployment.devservices.emulator.store.Delivery;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** Records how the events of a request were delivered. */
public final class DeliveryFactory {

    private DeliveryFactory() {
    }

    public static Delivery of(RoutingContext context) {
        HttpServerRequest request = context.request();
        String attempt = request.getHeader("PostHog-Attempt");
        return new Delivery(RequestLog.current(context).id(), request.path().replaceFirst("/$", ""),
                attempt == null ? null : ApiRequest.integer(attempt).stream().boxed().findFirst().orElse(null),
                request.getHeader("PostHog-Request-Id"), request.getHeader("Content-Encoding"),
                RequestBody.of(context).wireSize());
    }
}
