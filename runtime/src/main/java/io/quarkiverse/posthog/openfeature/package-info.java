/** PostHog's feature flags by the OpenFeature API, for applications that have {@code dev.openfeature:sdk}. */
package io.quarkiverse.posthog.openfeature;
