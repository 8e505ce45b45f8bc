package io.quarkiverse.posthog.runtime.errors;

import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.runtime.context.RequestData;

/**
 * An exception that was reported by a source.
 *
 * @param request the request in which it was thrown
 * @param status the HTTP status of the response; null if there is none
 * @param log the log record that contains it; null if it was not logged
 */
record ExceptionReport(ExceptionSource source, ExceptionEvent event, RequestData request, Integer status, LogOrigin log) {

    ExceptionReport withRequest(RequestData another) {
        return new ExceptionReport(source, event, another, status, log);
    }

    /**
     * The category and level of a log record.
     *
     * @param message whether the record has no exception
     * @param next the source that will report the same exception with more details; null if there is none
     */
    record LogOrigin(String category, int level, boolean message, ExceptionSource next) {
    }
}
