/** PostHog's feature flags through the OpenFeature API, for applications with the dependency {@code dev.openfeature:sdk}. */
package io.quarkiverse.posthog.openfeature;
