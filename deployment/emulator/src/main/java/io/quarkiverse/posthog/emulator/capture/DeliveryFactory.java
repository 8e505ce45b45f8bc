package io.quarkiverse.posthog.emulator.capture;

import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.ReceivedBody;
import io.quarkiverse.posthog.emulator.http.RequestLog;
import io.quarkiverse.posthog.emulator.store.Delivery;
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
                ReceivedBody.of(context).wireSize());
    }
}
