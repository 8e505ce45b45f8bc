package io.quarkiverse.posthog.runtime.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.posthog.runtime.context.RequestData;

/**
 * An exception of an HTTP request whose response has not ended. Until then, reports of other sources, such as the
 * log, are deferred.
 */
public final class PendingException {

    private static final int MAX_WAITING = 8;

    private final ExceptionSource source;
    private final Throwable thrown;
    private final RequestData request;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<ExceptionReport> waiting = new ArrayList<>();
    private boolean settled;

    /**
     * Creates a pending exception.
     *
     * @param request the data of the request, which is not available after the request
     */
    PendingException(ExceptionSource source, Throwable thrown, RequestData request) {
        this.source = source;
        this.thrown = thrown;
        this.request = request;
    }

    public Throwable thrown() {
        return thrown;
    }

    ExceptionSource source() {
        return source;
    }

    RequestData request() {
        return request;
    }

    /** Defers a report. Returns false if the exception is settled, and the report must be delivered now. */
    boolean await(ExceptionReport report) {
        lock.lock();
        try {
            if (!settled && waiting.size() < MAX_WAITING) {
                // A log handler may run outside of the request
                waiting.add(report.request().isEmpty() ? report.withRequest(request) : report);
            }
            return !settled;
        } finally {
            lock.unlock();
        }
    }

    /** Settles the exception. Returns the deferred reports; null if it was already settled. */
    List<ExceptionReport> settle() {
        lock.lock();
        try {
            if (settled) {
                return null;
            }
            settled = true;
            return waiting;
        } finally {
            lock.unlock();
        }
    }
}
