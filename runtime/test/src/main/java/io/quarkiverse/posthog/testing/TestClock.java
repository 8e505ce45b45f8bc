package io.quarkiverse.posthog.testing;

import java.time.Duration;

import io.quarkiverse.posthog.testing.runtime.AccountUnderTest;

/**
 * The clock of an account, which determines when queued events are sent, when failed requests are retried,
 * and when flag definitions are updated. Time passes normally, and a test can advance it.
 * <p>
 * The timestamps of events and the timeouts of requests are not affected.
 */
public final class TestClock {

    private final String account;

    TestClock(String account) {
        this.account = account;
    }

    /**
     * Advances the clock. All tasks that become due are started in order before this method returns.
     * Delays that these tasks start are relative to the new time.
     *
     * @throws UnsupportedOperationException if the application runs in another process, as with
     *         {@code @QuarkusIntegrationTest}
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("The clock cannot be turned back: " + duration);
        }
        AccountUnderTest.of(account).advance(duration);
    }
}
