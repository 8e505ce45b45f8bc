package io.quarkiverse.posthog.runtime.tracing;

import java.util.Map;

import io.quarkiverse.posthog.runtime.context.HttpRequestInfo;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.quarkiverse.posthog.runtime.context.RequestDataProvider;

/** Adds the IDs of the current trace to the data of a request. */
public record TracingRequestDataProvider(RequestDataProvider request, TraceIdProvider spans) implements RequestDataProvider {

    @Override
    public RequestData data() {
        return traced(request.data());
    }

    @Override
    public RequestData data(HttpRequestInfo http) {
        return traced(request.data(http));
    }

    private RequestData traced(RequestData data) {
        Map<String, Object> ids = spans.current();
        return ids.isEmpty() ? data : data.withProperties(ids);
    }
}
