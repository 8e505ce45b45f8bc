package io.quarkiverse.posthog.runtime.context;

/** Finds the HTTP request that is being answered. There is a bean of it where there is an HTTP server. */
public interface HttpRequestInfoProvider {

    /** The HTTP request of the CDI request that is active; null when it is about something else. */
    HttpRequestInfo current();
}
