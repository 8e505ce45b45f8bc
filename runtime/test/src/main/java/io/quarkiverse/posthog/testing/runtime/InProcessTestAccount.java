package io.quarkiverse.posthog.testing.runtime;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.runtime.accounts.PostHogClient;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;

/** An account of an application in the same process, as in a {@code @QuarkusTest}. */
final class InProcessTestAccount implements AccountUnderTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** The maximum number of attempts to deliver events. A fault can be permanent. */
    private static final int ATTEMPTS = 10;

    private final PostHogClient account;
    private final TestState state;

    private InProcessTestAccount(PostHogClient account, TestState state) {
        this.account = account;
        this.state = state;
    }

    /** Returns an account; empty if the application runs in another process. */
    static Optional<AccountUnderTest> find(String name) {
        if (!isApplicationInProcess()) {
            return Optional.empty();
        }
        AccountRegistry accounts = accounts();
        try {
            accounts.get(name);
        } catch (IllegalArgumentException e) {
            throw AccountUnderTest.notEmulated(name, e.getMessage());
        }
        PostHogClient running = accounts.running().stream().filter(it -> it.settings().name().equals(name))
                .findFirst().orElseThrow();
        URI host = running.settings().api();
        if (!state().isEmulator(host)) {
            throw AccountUnderTest.notEmulated(name, "it uses " + host);
        }
        return Optional.of(new InProcessTestAccount(running, state()));
    }

    /** Returns the accounts in use that have an emulator. */
    static List<AccountUnderTest> all() {
        return accounts().inUse().stream().filter(running -> state().isEmulator(running.settings().api()))
                .<AccountUnderTest> map(running -> new InProcessTestAccount(running, state())).toList();
    }

    static boolean isApplicationInProcess() {
        ArcContainer container = Arc.container();
        return container != null && container.isRunning() && container.instance(AccountRegistry.class).isAvailable();
    }

    private static AccountRegistry accounts() {
        return Arc.container().instance(AccountRegistry.class).get();
    }

    private static TestState state() {
        return Arc.container().instance(TestState.class).get();
    }

    @Override
    public String name() {
        return account.settings().name();
    }

    @Override
    public URI host() {
        return account.settings().api();
    }

    @Override
    public EmulatorControlClient emulator() {
        return new EmulatorControlClient(host());
    }

    @Override
    public boolean isInProcess() {
        return true;
    }

    @Override
    public void flush() {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            // A slow request does not fail the test yet; assertions report events that have not arrived
            CaptureStatus status = account.flush().ifNoItem().after(TIMEOUT)
                    .recoverWithItem((CaptureStatus) null).await().indefinitely();
            if (status == null || status.queued() == 0) {
                return;
            }
            // Without a pause, the clock was advanced meanwhile, such as for another account, and the events are sent again
            status.pausedUntil().ifPresent(until -> {
                Duration pause = Duration.between(Instant.now(), until);
                advance(pause.isNegative() ? Duration.ZERO : pause.plusMillis(1));
            });
        }
    }

    @Override
    public Optional<CaptureProgress> progress() {
        CaptureStatus beginning = state.baselines().get(name());
        return Optional.of(CaptureProgress.between(beginning, account.captureStatus()));
    }

    @Override
    public void reloadFlags() {
        account.reloadFlagDefinitions().await().atMost(TIMEOUT);
    }

    @Override
    public void begin() {
        account.forgetExposures();
        state.baselines().put(name(), account.captureStatus());
    }

    /** Returns true, because all earlier events arrived before the test began. */
    @Override
    public boolean isOfThisTest(UUID event) {
        return true;
    }

    @Override
    public void advance(Duration duration) {
        state.of(name()).advance(duration);
    }
}
