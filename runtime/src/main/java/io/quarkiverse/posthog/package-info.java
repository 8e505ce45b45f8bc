/**
 * PostHog for Quarkus applications: {@link io.quarkiverse.posthog.PostHog} is an account, and whatever can be done with
 * it begins there.
 */
package io.quarkiverse.posthog;
