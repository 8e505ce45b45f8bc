package io.quarkiverse.posthog.runtime.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.posthog.runtime.context.RequestData;

/**
 * An exception of an HTTP request whose response is not known yet. Until then, reports of other sources, such as the
 * log, are deferred.
 */
public final class PendingException {

    private static final int MAX_WAITING = 8;

    private final ExceptionSource boundary;
    private final Throwable thrown;
    private final RequestData request;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<ExceptionReport> waiting = new ArrayList<>();
    private boolean settled;

    /** @param request as it is when the exception arrives; later it may be gone */
    PendingException(ExceptionSource boundary, Throwable thrown, RequestData request) {
        this.boundary = boundary;
        this.thrown = thrown;
        this.request = request;
    }

    public Throwable thrown() {
        return thrown;
    }

    ExceptionSource boundary() {
        return boundary;
    }

    RequestData request() {
        return request;
    }

    /** @return false when there is nothing left to wait for */
    boolean await(ExceptionReport report) {
        lock.lock();
        try {
            if (!settled && waiting.size() < MAX_WAITING) {
                // The log may not know of the request
                waiting.add(report.request().isEmpty() ? report.in(request) : report);
            }
            return !settled;
        } finally {
            lock.unlock();
        }
    }

    /** @return what has waited; null when it was settled before */
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
