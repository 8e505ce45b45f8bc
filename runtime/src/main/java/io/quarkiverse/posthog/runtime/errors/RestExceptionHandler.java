package io.quarkiverse.posthog.runtime.errors;

import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

import io.quarkus.arc.Arc;
import io.vertx.ext.web.RoutingContext;

/** Captures exceptions of REST endpoints before exception mappers, as a handler in the exception chain. */
// Loaded only if the application has REST endpoints
public class RestExceptionHandler implements ServerRestHandler {

    @Override
    public void handle(ResteasyReactiveRequestContext context) {
        Throwable thrown = context.getThrowable();
        RoutingContext routing = thrown == null ? null : context.unwrap(RoutingContext.class);
        if (routing != null) {
            ExceptionReporter reporter = Arc.container().instance(ExceptionReporter.class).get();
            HttpExceptionTracker.watch(reporter, ExceptionSource.REST, routing, thrown);
        }
    }
}
