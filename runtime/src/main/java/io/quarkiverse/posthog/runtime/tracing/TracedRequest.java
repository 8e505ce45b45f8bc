package io.quarkiverse.posthog.runtime.tracing;

import java.util.Map;

import io.quarkiverse.posthog.runtime.context.CurrentRequest;
import io.quarkiverse.posthog.runtime.context.HttpRequest;
import io.quarkiverse.posthog.runtime.context.RequestData;

/** What is known of a request, and of its trace. */
public record TracedRequest(CurrentRequest request, SpanIds spans) implements CurrentRequest {

    @Override
    public RequestData data() {
        return traced(request.data());
    }

    @Override
    public RequestData data(HttpRequest http) {
        return traced(request.data(http));
    }

    private RequestData traced(RequestData data) {
        Map<String, Object> ids = spans.current();
        return ids.isEmpty() ? data : data.withProperties(ids);
    }
}
