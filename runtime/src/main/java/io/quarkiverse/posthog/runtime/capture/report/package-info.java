/**
 * The outcome of events. {@code DeliveryTracker} counts them, notifies listeners, and passes drops to the log. Other
 * packages report through {@code DeliveryCallback}.
 */
package io.quarkiverse.posthog.runtime.capture.report;
