/** The outcome of events: counters, and the notification of listeners. */
package io.quarkiverse.posthog.runtime.capture.report;
