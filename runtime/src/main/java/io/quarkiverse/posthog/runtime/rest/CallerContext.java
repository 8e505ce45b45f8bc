package io.quarkiverse.posthog.runtime.rest;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Returns results to the Vert.x context of the caller, if there is one, because a transaction or a request may be bound to it.
 * Results can arrive on any other thread.
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
