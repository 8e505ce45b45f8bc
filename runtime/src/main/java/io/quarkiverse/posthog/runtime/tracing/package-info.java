/** Integration of OpenTelemetry: the trace ID of events, and spans without keys. */
package io.quarkiverse.posthog.runtime.tracing;
