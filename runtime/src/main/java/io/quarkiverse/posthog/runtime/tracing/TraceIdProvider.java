package io.quarkiverse.posthog.runtime.tracing;

import java.util.Map;

/** Finds the trace that the current thread works for. There is a bean of it where the application has tracing. */
public interface TraceIdProvider {

    /** What events have of it; empty without a trace. */
    Map<String, Object> current();
}
