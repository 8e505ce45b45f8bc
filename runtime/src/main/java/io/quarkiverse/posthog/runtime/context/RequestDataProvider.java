package io.quarkiverse.posthog.runtime.context;

/** Provides the data of the current request. */
public interface RequestDataProvider {

    /** Provides no data. */
    RequestDataProvider NONE = () -> RequestData.NONE;

    /** Returns the data, never null. Never fails or blocks. */
    RequestData data();

    /**
     * Returns the data of the current request, or the data that an HTTP request contains if no CDI request is active, such as
     * in a plain Vert.x route.
     */
    default RequestData data(HttpRequestInfo request) {
        return data();
    }
}
