package io.quarkiverse.posthog.runtime.lua;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.quarkiverse.posthog.lua.engine.LuaLimitException;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * Waits for the call of a script on its worker thread. The time of the script passes, but not while a person is asked for an
 * approval.
 */
final class CallWait {

    /** The interval of the checks whether a person is being asked. */
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(50);

    private final ScriptApprover approver;
    private volatile boolean cancelled;
    private volatile CompletableFuture<?> pending;

    CallWait(ScriptApprover approver) {
        this.approver = approver;
    }

    /** Ends the current wait, and all later ones. Any thread can call this. */
    void cancel() {
        cancelled = true;
        CompletableFuture<?> call = pending;
        if (call != null) {
            call.cancel(true);
        }
    }

    <T> T of(LuaState state, Uni<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        pending = result;
        try {
            // The request is not the work of the script
            state.blocking(() -> subscribed(call, result));
            if (cancelled) {
                result.cancel(true);
            }
            while (true) {
                long remaining = state.remainingTime().toNanos();
                if (remaining <= 0 && !approver.isAsking()) {
                    result.cancel(true);
                    throw new LuaLimitException(LuaLimitException.Kind.DEADLINE,
                            "The script exceeded its time limit while it waited for a call.", "");
                }
                T value = approver.isAsking() ? state.paused(() -> waited(result, INTERVAL))
                        : state.blocking(() -> waited(result, Math.min(INTERVAL, remaining)));
                if (value != null) {
                    return value;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.cancel(true);
            throw cancelled();
        } catch (CancellationException e) {
            throw cancelled();
        } catch (RuntimeException e) {
            result.cancel(true);
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            pending = null;
        }
    }

    /** Subscribes to a call, whose subscription ends with its result. */
    private static <T> Void subscribed(Uni<T> call, CompletableFuture<T> result) {
        Cancellable subscription = call.subscribe().with(result::complete, result::completeExceptionally);
        result.whenComplete((item, failure) -> subscription.cancel());
        return null;
    }

    private static LuaLimitException cancelled() {
        return new LuaLimitException(LuaLimitException.Kind.CANCELLED, "The script was cancelled.", "");
    }

    /** Returns null if there is no result yet. */
    private static <T> T waited(CompletableFuture<T> result, long nanos) throws InterruptedException, ExecutionException {
        try {
            return result.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        }
    }
}
