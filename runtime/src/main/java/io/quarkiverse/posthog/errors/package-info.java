/**
 * Exceptions for PostHog's error tracking. {@code ExceptionEvent} adds a level, properties and other details to an exception
 * before it is passed to {@code PostHog.captureException}. Exceptions that this extension throws are in {@code
 * io.quarkiverse.posthog}.
 */
package io.quarkiverse.posthog.errors;
