package io.quarkiverse.posthog.testing.runtime;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.posthog.runtime.config.AccountNames;

/** An account of the application under test, which has an emulator. */
public interface AccountUnderTest {

    /**
     * The account of the application, whether that runs in this process or another one.
     *
     * @throws IllegalStateException when there is no such account, or it has no emulator; the message says what to do
     */
    static AccountUnderTest of(String name) {
        return InProcessTestAccount.find(name).orElseGet(() -> OutOfProcessTestAccount.of(name));
    }

    /** The account {@code name}, which the application that runs in this process has. */
    static IllegalStateException notEmulated(String account, String reason) {
        return new IllegalStateException("The test kit works with the emulator of a PostHog account, but account '"
                + account + "' has none: " + reason + ". Dev Services start it for an account that has neither a key"
                + " nor a host in tests; put keys and hosts of real projects below %prod, such as %prod."
                + AccountNames.key(account, "host") + ", and have " + AccountNames.key(account, "devservices.enabled")
                + " true");
    }

    String name();

    URI host();

    EmulatorControlClient emulator();

    /** Whether the application runs in this process, where more can be done. */
    boolean isInProcess();

    /** Has everything that was captured arrive, as far as that is possible. */
    void flush();

    /** What became of what was captured since the test began; empty when the application runs elsewhere. */
    Optional<CaptureProgress> progress();

    /** Flags have changed. */
    void reloadFlags();

    /** What was captured before does not count any longer. */
    void begin();

    /** Whether an event was captured since {@link #begin()}. */
    boolean isOfThisTest(UUID event);

    /** @throws UnsupportedOperationException when the application runs elsewhere */
    void advance(Duration duration);
}
