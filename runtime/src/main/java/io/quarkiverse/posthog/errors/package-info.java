/** Exceptions for PostHog's error tracking, with what there is to say about them. */
package io.quarkiverse.posthog.errors;
