/** The requests that PostHog accepts: batches, the protocols v0 and v1, encoding and compression. */
package io.quarkiverse.posthog.runtime.capture.wire;
