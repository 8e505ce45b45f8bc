package io.quarkiverse.posthog.runtime.errors;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Captures exceptions of routes, before and after other failure handlers, and passes them on. */
// No scope: a bean only if the application has an HTTP server
public class RouteFailureHandlers {

    private final ExceptionReporter reporter;

    @Inject
    public RouteFailureHandlers(ExceptionReporter reporter) {
        this.reporter = reporter;
    }

    void register(@Observes Router router) {
        if (reporter.isWanted(ExceptionSource.ROUTES)) {
            router.route().order(Integer.MIN_VALUE).failureHandler(this::failed);
            // Only Quarkus' handler for unhandled failures comes later
            router.route().order(Integer.MAX_VALUE - 1).failureHandler(this::unhandled);
        }
    }

    private void failed(RoutingContext routing) {
        HttpExceptionTracker.watch(reporter, ExceptionSource.ROUTES, routing, routing.failure());
        routing.next();
    }

    private void unhandled(RoutingContext routing) {
        HttpExceptionTracker.unhandled(routing);
        routing.next();
    }
}
