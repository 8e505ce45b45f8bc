package io.quarkiverse.posthog.runtime.background;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.smallrye.mutiny.Uni;

/** Waits for the end of work that must not be interrupted. Must not be used on an event loop. */
public final class Waiting {

    private Waiting() {
    }

    /**
     * Waits for the end of the work, be it a failure or not. An interruption does not end it: Quarkus stops an application in
     * dev mode on its main thread, which may have been interrupted before. The thread is interrupted again afterwards.
     */
    public static void forEnd(Uni<?> work) {
        boolean interrupted = Thread.interrupted();
        CompletableFuture<?> end = work.subscribeAsCompletionStage().handle((item, failure) -> null);
        try {
            while (!end.isDone()) {
                try {
                    end.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("A failure was handled", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
