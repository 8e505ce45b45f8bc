/** Exceptions for PostHog's error tracking. */
package io.quarkiverse.posthog.errors;
