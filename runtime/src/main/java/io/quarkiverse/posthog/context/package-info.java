/**
 * Whom the current request is about, which events, exceptions and feature flags belong to unless they say otherwise.
 */
package io.quarkiverse.posthog.context;
