package io.quarkiverse.posthog.runtime.errors;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.runtime.context.VertxHttpRequests;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** An exception in an HTTP request, which is settled when the request has been answered. */
// Loaded only where there is an HTTP server
final class HttpFailure {

    private static final String UNHANDLED = HttpFailure.class.getName();

    private final ExceptionBoundaries boundaries;
    private final Claim claim;
    private final RoutingContext routing;
    private final boolean late;
    private final AtomicBoolean settled = new AtomicBoolean();

    private HttpFailure(ExceptionBoundaries boundaries, Claim claim, RoutingContext routing) {
        this.boundaries = boundaries;
        this.claim = claim;
        this.routing = routing;
        this.late = routing.response().headWritten();
    }

    /** Sees to it that an exception is reported when the request is answered, unless somebody else does. */
    static void watch(ExceptionBoundaries boundaries, Boundary boundary, RoutingContext routing, Throwable thrown) {
        Claim claim = boundaries.claim(boundary, thrown, VertxHttpRequests.of(routing));
        if (claim != null) {
            new HttpFailure(boundaries, claim, routing).watch();
        }
    }

    /** Nobody but Quarkus itself is left to make an answer of it. */
    static void unhandled(RoutingContext routing) {
        routing.put(UNHANDLED, true);
    }

    private void watch() {
        try {
            routing.addEndHandler(end -> settle());
        } catch (IllegalStateException alreadyAnswered) {
            settle();
        }
        // It may have ended before there was a handler
        if (routing.response().ended() || routing.response().closed()) {
            settle();
        }
    }

    private void settle() {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        HttpServerResponse response = routing.response();
        if (!response.ended() && response.closed() && isAboutTheConnection(claim.thrown())) {
            boundaries.settle(claim, null, null);
            return;
        }
        boolean handled = claim.boundary() == Boundary.REST ? routing.failure() == null
                : routing.get(UNHANDLED) == null;
        int status = response.headWritten() || handled ? response.getStatusCode()
                : Math.max(500, response.getStatusCode());
        ExceptionEvent event = ExceptionEvent.of(claim.thrown()).handled(handled);
        // An answer that had begun when it failed says nothing of the failure
        boundaries.settle(claim, response.headWritten() ? event.property("$response_status_code", status) : event,
                late ? null : status);
    }

    /** What failed because nobody was there any longer is no failure of the application. */
    private static boolean isAboutTheConnection(Throwable thrown) {
        return thrown instanceof IOException || thrown instanceof HttpClosedException;
    }
}
