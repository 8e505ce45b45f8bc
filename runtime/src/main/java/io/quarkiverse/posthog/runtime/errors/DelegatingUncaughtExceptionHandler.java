package io.quarkiverse.posthog.runtime.errors;

import java.lang.Thread.UncaughtExceptionHandler;

import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;

/** Captures uncaught exceptions of threads and Vert.x, and calls the previous handler. */
public final class DelegatingUncaughtExceptionHandler implements UncaughtExceptionHandler, Handler<Throwable> {

    private final ExceptionReporter reporter;
    private final Vertx vertx;
    private final UncaughtExceptionHandler ofThreads = Thread.getDefaultUncaughtExceptionHandler();
    private final Handler<Throwable> ofVertx;

    private DelegatingUncaughtExceptionHandler(ExceptionReporter reporter, Vertx vertx) {
        this.reporter = reporter;
        this.vertx = vertx;
        this.ofVertx = vertx.exceptionHandler();
    }

    /** Installs the handlers. Returns a task that restores the previous ones. */
    public static Runnable watch(ExceptionReporter reporter, Vertx vertx) {
        DelegatingUncaughtExceptionHandler handler = new DelegatingUncaughtExceptionHandler(reporter, vertx);
        Thread.setDefaultUncaughtExceptionHandler(handler);
        vertx.exceptionHandler(handler);
        return handler::restore;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        reporter.report(ExceptionSource.UNCAUGHT, ExceptionEvent.of(thrown).property("thread_name", thread.getName()));
        if (ofThreads != null) {
            ofThreads.uncaughtException(thread, thrown);
        } else {
            // The behavior of Java without a handler
            System.err.print("Exception in thread \"" + thread.getName() + "\" ");
            thrown.printStackTrace();
        }
    }

    /** Captures an exception thrown by a task or handler on an event loop or worker thread of Vert.x. */
    @Override
    public void handle(Throwable thrown) {
        reporter.report(ExceptionSource.UNCAUGHT, ExceptionEvent.of(thrown).source("vertx.exception_handler")
                .property("thread_name", Thread.currentThread().getName()));
        if (ofVertx != null) {
            ofVertx.handle(thrown);
        }
    }

    private void restore() {
        // Another handler may have been installed later
        if (Thread.getDefaultUncaughtExceptionHandler() == this) {
            Thread.setDefaultUncaughtExceptionHandler(ofThreads);
        }
        if (vertx.exceptionHandler() == this) {
            vertx.exceptionHandler(ofVertx);
        }
    }
}
