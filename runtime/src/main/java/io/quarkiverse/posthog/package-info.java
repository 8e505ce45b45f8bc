/**
 * PostHog for Quarkus applications. {@link io.quarkiverse.posthog.PostHog}, which represents an account, is the entry
 * point of the API.
 */
package io.quarkiverse.posthog;
