package io.quarkiverse.posthog.testing;

import java.time.Duration;

import io.quarkiverse.posthog.testing.runtime.AccountUnderTest;

/**
 * The time that an account waits by: for more events to send, before it sends again what PostHog could not take,
 * for the next look at the definitions of flags. It passes as usual, and a test can have it jump.
 * <p>
 * The time of events is not affected. Nor are timeouts of requests.
 */
public final class TestClock {

    private final String account;

    TestClock(String account) {
        this.account = account;
    }

    /**
     * Has time pass at once. What comes due by that happens, in its order, and has begun when this method returns.
     * What is put off by that, such as another attempt after one that fails, counts from the new time.
     *
     * @throws UnsupportedOperationException when the application runs in another process, as with
     *         {@code @QuarkusIntegrationTest}
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("Time can't go back: " + duration);
        }
        AccountUnderTest.of(account).advance(duration);
    }
}
