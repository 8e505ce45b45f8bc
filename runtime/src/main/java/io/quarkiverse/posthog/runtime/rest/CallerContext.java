package io.quarkiverse.posthog.runtime.rest;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Results arrive wherever they were found. What follows belongs to the Vert.x context that asked, if there is one: a
 * transaction or a request may be bound to it.
 */
public final class CallerContext {

    private CallerContext() {
    }

    /** Completes on the context that this is called on. */
    public static <T> Uni<T> keep(Uni<T> result) {
        Context context = Vertx.currentContext();
        return context == null || !context.isEventLoopContext() ? result
                : result.emitOn(task -> context.runOnContext(ignored -> task.run()));
    }
}
