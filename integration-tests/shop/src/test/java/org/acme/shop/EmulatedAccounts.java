package org.acme.shop;

import org.junit.jupiter.api.BeforeEach;

import io.quarkiverse.posthog.testing.PostHogTestKit;

/** Resets both accounts to the demo shop before each test, for the application in tests and for the packaged one. */
abstract class EmulatedAccounts {

    final PostHogTestKit emulator = PostHogTestKit.of();
    final PostHogTestKit marketing = PostHogTestKit.of("marketing");

    @BeforeEach
    void resetEmulators() {
        emulator.reset();
        marketing.reset();
    }
}
