package io.quarkiverse.posthog.runtime.capture;

import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.quarkiverse.posthog.runtime.context.RequestDataProvider;

/**
 * An event to capture.
 *
 * @param request supplies the data of the request that the event belongs to
 * @param finish is applied to the enriched event, before any {@link io.quarkiverse.posthog.capture.BeforeSend}
 */
public record CaptureRequest(CaptureEvent event, EventKind kind, Function<RequestDataProvider, RequestData> request,
        UnaryOperator<CaptureEvent> finish) {

    /** An analytics event of the current request. */
    public static CaptureRequest of(CaptureEvent event) {
        return of(event, EventKind.ANALYTICS);
    }

    /** An event of the current request. */
    public static CaptureRequest of(CaptureEvent event, EventKind kind) {
        return new CaptureRequest(event, kind, RequestDataProvider::data, UnaryOperator.identity());
    }

    /** Changes the data that is taken from the current request. */
    public CaptureRequest withRequest(UnaryOperator<RequestData> taken) {
        return new CaptureRequest(event, kind, current -> taken.apply(current.data()), finish);
    }

    /** Uses the data of a request that may be over. */
    public CaptureRequest withRequest(RequestData data) {
        return new CaptureRequest(event, kind, current -> data, finish);
    }

    public CaptureRequest withFinish(UnaryOperator<CaptureEvent> finish) {
        return new CaptureRequest(event, kind, request, finish);
    }
}
