package io.quarkiverse.posthog.runtime.tracing;

import java.util.Map;

/** Provides the IDs of the current trace. The bean only exists in applications with tracing. */
public interface TraceIdProvider {

    /** Returns the IDs as event properties; empty without a trace. */
    Map<String, Object> current();
}
