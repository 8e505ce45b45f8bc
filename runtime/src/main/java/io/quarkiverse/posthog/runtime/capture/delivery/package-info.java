/** Sends events: batchers and their state, single requests and their results, the circuit breaker, and immediate capture. */
package io.quarkiverse.posthog.runtime.capture.delivery;
