package io.quarkiverse.posthog.runtime.errors;

import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.runtime.context.RequestData;

/**
 * An exception that was reported by a source.
 *
 * @param request what it happened in
 * @param status the HTTP status it was answered with; null when there is none
 * @param log the log record it is from; null when it is from none
 */
record ExceptionReport(ExceptionSource boundary, ExceptionEvent event, RequestData request, Integer status, LogOrigin log) {

    ExceptionReport in(RequestData another) {
        return new ExceptionReport(boundary, event, another, status, log);
    }

    /**
     * Where something was logged, and how seriously.
     *
     * @param message whether it was logged without an exception
     * @param next the boundary at which it will arrive as well, which knows more of it; null for none
     */
    record LogOrigin(String category, int level, boolean message, ExceptionSource next) {
    }
}
