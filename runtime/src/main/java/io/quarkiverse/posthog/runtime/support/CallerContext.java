package io.quarkiverse.posthog.runtime.support;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Emits results on the Vert.x context of the caller, if there is one, because a transaction or a request may be bound to it.
 * Otherwise, they would be emitted on the context of the response.
 */
public final class CallerContext {

    private CallerContext() {
    }

    /** Emits the result on the event loop context on which this method is called, if any. */
    public static <T> Uni<T> keep(Uni<T> result) {
        Context context = Vertx.currentContext();
        return context == null || !context.isEventLoopContext() ? result
                : result.emitOn(task -> context.runOnContext(ignored -> task.run()));
    }
}
