package org.acme.shop;

import org.junit.jupiter.api.BeforeEach;

import io.quarkiverse.posthog.testing.PostHogTestKit;

/** Each test begins with the demo shop in both accounts, whether the shop runs in the test or as a jar. */
abstract class EmulatedAccounts {

    final PostHogTestKit emulator = PostHogTestKit.of();
    final PostHogTestKit marketing = PostHogTestKit.of("marketing");

    @BeforeEach
    void resetEmulators() {
        emulator.reset();
        marketing.reset();
    }
}
