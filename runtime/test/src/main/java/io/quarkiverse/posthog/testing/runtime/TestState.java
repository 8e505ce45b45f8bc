package io.quarkiverse.posthog.testing.runtime;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.runtime.background.TimeSource;
import io.quarkus.arc.Unremovable;

/**
 * The state of the test kit for an application in the same process: the clocks of the accounts, and their status at the
 * start of the test.
 */
@Singleton
@Unremovable
public class TestState implements TimeSource.Provider {

    private final Map<String, AdjustableTimers> timers = new ConcurrentHashMap<>();
    private final Map<String, CaptureStatus> beginnings = new ConcurrentHashMap<>();
    private final Map<URI, Boolean> emulators = new ConcurrentHashMap<>();

    @Override
    public AdjustableTimers of(String account) {
        return timers.computeIfAbsent(account, name -> new AdjustableTimers());
    }

    Map<String, CaptureStatus> baselines() {
        return beginnings;
    }

    boolean isEmulator(URI host) {
        return emulators.computeIfAbsent(host, EmulatorControlClient::isAt);
    }
}
