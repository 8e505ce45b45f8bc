package io.quarkiverse.posthog.testing.runtime;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.posthog.runtime.config.AccountNames;

/** An account of the application under test, which has an emulator. */
public interface AccountUnderTest {

    /**
     * Returns an account of the application, which can run in the same or in another process.
     *
     * @throws IllegalStateException if the account does not exist or has no emulator; the message contains the fix
     */
    static AccountUnderTest of(String name) {
        return InProcessTestAccount.find(name).orElseGet(() -> OutOfProcessTestAccount.of(name));
    }

    /** Creates the exception for an account without an emulator. */
    static IllegalStateException notEmulated(String account, String reason) {
        return new IllegalStateException("The test kit requires the emulator of a PostHog account, but account '"
                + account + "' has none: " + reason + ". Dev Services start it for an account that has neither a key"
                + " nor a host in tests; restrict the keys and hosts of real projects to production, such as %prod."
                + AccountNames.key(account, "host") + ", and set " + AccountNames.key(account, "devservices.enabled")
                + " to true");
    }

    String name();

    URI host();

    EmulatorControlClient emulator();

    /** Returns whether the application runs in the same process. */
    boolean isInProcess();

    /** Delivers all captured events, if the application runs in the same process. */
    void flush();

    /** Returns the outcome of the events since the test began; empty if the application runs in another process. */
    Optional<CaptureProgress> progress();

    /** Reloads flag definitions after flags have changed. */
    void reloadFlags();

    /** Begins a test. Events that were captured before do not belong to it. */
    void begin();

    /** Returns whether an event was captured since {@link #begin()}. */
    boolean isOfThisTest(UUID event);

    /**
     * Advances the clock.
     *
     * @throws UnsupportedOperationException if the application runs in another process
     */
    void advance(Duration duration);
}
