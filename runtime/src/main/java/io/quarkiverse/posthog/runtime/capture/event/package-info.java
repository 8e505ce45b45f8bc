/** A single event before it is queued: the data of the request, enrichment, sampling, hooks, and its values as JSON. */
package io.quarkiverse.posthog.runtime.capture.event;
