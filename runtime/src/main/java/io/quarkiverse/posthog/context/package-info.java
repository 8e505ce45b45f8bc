/**
 * The person of the current request, which applies to events, exceptions and feature flags without a distinct ID.
 */
package io.quarkiverse.posthog.context;
