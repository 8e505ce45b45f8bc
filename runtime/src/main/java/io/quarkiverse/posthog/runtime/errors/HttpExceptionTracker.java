package io.quarkiverse.posthog.runtime.errors;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.runtime.context.VertxHttpRequestInfoProvider;
import io.quarkiverse.posthog.runtime.support.Causes;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.RoutingContext;

/** Tracks an exception of an HTTP request until the end of the response. */
// Loaded only if the application has an HTTP server
final class HttpExceptionTracker {

    private static final String UNHANDLED = HttpExceptionTracker.class.getName();

    private static final int MAX_WRAPPERS = 8;

    private static final Pattern DISCONNECTED = Pattern
            .compile("(?i)connection (was |is )?(closed|reset|aborted)|broken pipe");

    private final ExceptionReporter reporter;
    private final PendingException pending;
    private final RoutingContext routing;
    private final boolean late;
    private final AtomicBoolean settled = new AtomicBoolean();

    private HttpExceptionTracker(ExceptionReporter reporter, PendingException pending, RoutingContext routing) {
        this.reporter = reporter;
        this.pending = pending;
        this.routing = routing;
        this.late = routing.response().headWritten();
    }

    /** Reports an exception when the response ends, unless another source reports it. */
    static void watch(ExceptionReporter reporter, ExceptionSource source, RoutingContext routing, Throwable thrown) {
        PendingException pending = reporter.defer(source, thrown, VertxHttpRequestInfoProvider.of(routing));
        if (pending != null) {
            new HttpExceptionTracker(reporter, pending, routing).watch();
        }
    }

    /** Marks an exception that no failure handler of the application handles. */
    static void unhandled(RoutingContext routing) {
        routing.put(UNHANDLED, true);
    }

    private void watch() {
        try {
            routing.addEndHandler(end -> settle());
        } catch (IllegalStateException alreadyEnded) {
            settle();
        }
        // The response may have ended before the handler was added
        if (routing.response().ended() || routing.response().closed()) {
            settle();
        }
    }

    private void settle() {
        if (!settled.compareAndSet(false, true)) {
            return;
        }
        HttpServerResponse response = routing.response();
        boolean disconnected = response.closed() && !response.ended();
        if (disconnected && isDisconnection(pending.thrown())) {
            reporter.settle(pending, null, null);
            return;
        }
        if (disconnected && !response.headWritten()) {
            // The default status of a response that was not sent does not describe the failure
            reporter.settle(pending, event(false), null);
            return;
        }
        boolean handled = pending.source() == ExceptionSource.REST ? routing.failure() == null
                : routing.get(UNHANDLED) == null;
        int status = response.headWritten() || handled ? response.getStatusCode()
                : Math.max(500, response.getStatusCode());
        ExceptionEvent event = event(handled);
        // The status of a response that had begun before the failure does not describe the failure
        reporter.settle(pending, response.headWritten() ? event.property("$response_status_code", status) : event,
                late ? null : status);
    }

    private ExceptionEvent event(boolean handled) {
        return ExceptionEvent.of(pending.thrown()).handled(handled);
    }

    /** Returns whether the only reason of an exception is that the client closed the connection or canceled its request. */
    private static boolean isDisconnection(Throwable thrown) {
        for (Throwable next : Causes.of(thrown, MAX_WRAPPERS)) {
            if (next instanceof ClosedChannelException || next instanceof HttpClosedException
                    || next instanceof StreamResetException || next instanceof CancellationException
                    || isConnectionFailure(next)) {
                return true;
            }
            if (!isWrapper(next)) {
                return false;
            }
        }
        return false;
    }

    /**
     * Returns whether the message describes a closed connection. Netty, the JDK and Vert.x have no specific types for most of
     * them.
     */
    private static boolean isConnectionFailure(Throwable thrown) {
        return (thrown instanceof IOException || thrown instanceof VertxException)
                && DISCONNECTED.matcher(ThrowableReader.message(thrown)).find();
    }

    /**
     * Returns whether an exception has no message except its cause. Exceptions with their own message are failures of the
     * application, even if a closed connection caused them.
     */
    private static boolean isWrapper(Throwable thrown) {
        Throwable cause = ThrowableReader.cause(thrown);
        return cause != null && ThrowableReader.message(thrown).equals(String.valueOf(cause));
    }
}
