package io.quarkiverse.posthog.runtime.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.posthog.runtime.context.RequestData;

/**
 * An exception that is on its way through the HTTP server: what becomes of it is known when the request is answered.
 * Until then whoever else has something to say of it, such as the log, has to wait.
 */
public final class Claim {

    private static final int MAX_WAITING = 8;

    private final Boundary boundary;
    private final Throwable thrown;
    private final RequestData request;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Report> waiting = new ArrayList<>();
    private boolean settled;

    /** @param request as it is when the exception arrives; later it may be gone */
    Claim(Boundary boundary, Throwable thrown, RequestData request) {
        this.boundary = boundary;
        this.thrown = thrown;
        this.request = request;
    }

    public Throwable thrown() {
        return thrown;
    }

    Boundary boundary() {
        return boundary;
    }

    RequestData request() {
        return request;
    }

    /** @return false when there is nothing left to wait for */
    boolean await(Report report) {
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
    List<Report> settle() {
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
