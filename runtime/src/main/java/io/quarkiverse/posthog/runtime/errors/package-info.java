/**
 * Error tracking: exception events, and the sources of automatically captured exceptions. {@code ExceptionSource} lists the
 * sources, each of which has a class that passes exceptions to {@code ExceptionReporter}, which removes duplicates. {@code
 * ErrorTracking} is the entry point for each account, and {@code ExceptionEventBuilder} builds the event.
 */
package io.quarkiverse.posthog.runtime.errors;
