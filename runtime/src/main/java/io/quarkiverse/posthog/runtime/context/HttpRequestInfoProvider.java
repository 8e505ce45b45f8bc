package io.quarkiverse.posthog.runtime.context;

/** Finds the current HTTP request. The bean only exists in applications with an HTTP server. */
public interface HttpRequestInfoProvider {

    /** The HTTP request of the CDI request that is active; null when it is about something else. */
    HttpRequestInfo current();
}
