package io.quarkiverse.posthog.runtime.tracing;

import java.util.Map;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

/** Provides OpenTelemetry's IDs, with the names that OpenTelemetry uses in logs. */
// No scope: a bean only if OpenTelemetry is present
public class OpenTelemetryTraceIdProvider implements TraceIdProvider {

    @Override
    public Map<String, Object> current() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? Map.of("trace_id", span.getTraceId(), "span_id", span.getSpanId()) : Map.of();
    }
}
