/** Requests to any endpoint of PostHog's private API. Start with {@link io.quarkiverse.posthog.api.RestApi}. */
package io.quarkiverse.posthog.api;
