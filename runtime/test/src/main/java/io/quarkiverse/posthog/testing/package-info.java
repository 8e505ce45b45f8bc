/**
 * Test support for applications: {@link io.quarkiverse.posthog.testing.PostHogTestKit} inspects captured events and
 * simulates the behavior of PostHog.
 */
package io.quarkiverse.posthog.testing;
