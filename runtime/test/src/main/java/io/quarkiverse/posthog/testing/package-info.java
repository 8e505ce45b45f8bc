/**
 * For tests of applications: {@link io.quarkiverse.posthog.testing.PostHogTestKit} knows what they captured and
 * decides what PostHog does.
 */
package io.quarkiverse.posthog.testing;
