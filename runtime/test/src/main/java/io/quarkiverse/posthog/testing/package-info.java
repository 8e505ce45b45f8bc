/**
 * Test support for applications. {@link io.quarkiverse.posthog.testing.PostHogTestKit} is the entry point: it inspects
 * captured events, sets flag values, and simulates failures. Assertions on events are methods of {@link
 * io.quarkiverse.posthog.testing.AbstractEventAssert}, so that they apply to events and exposures. All public API of the
 * test kit is in this package.
 */
package io.quarkiverse.posthog.testing;
