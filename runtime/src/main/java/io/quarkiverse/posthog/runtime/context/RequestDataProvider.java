package io.quarkiverse.posthog.runtime.context;

/** Provides the data of the current request. */
public interface RequestDataProvider {

    /** Of nothing is anything known. */
    RequestDataProvider NONE = () -> RequestData.NONE;

    /** Never null, never fails, and never waits. */
    RequestData data();

    /**
     * The same; when no CDI request is active, such as for a plain route of Vert.x, what an HTTP request says of
     * itself.
     */
    default RequestData data(HttpRequestInfo request) {
        return data();
    }
}
