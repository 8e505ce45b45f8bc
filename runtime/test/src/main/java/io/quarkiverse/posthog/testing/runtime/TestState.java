package io.quarkiverse.posthog.testing.runtime;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.runtime.background.Timers;
import io.quarkus.arc.Unremovable;

/** What the kit knows of the accounts of an application that runs in this process: their time, and how they began. */
@Singleton
@Unremovable
public class TestState implements Timers.Source {

    private final Map<String, VirtualTimers> timers = new ConcurrentHashMap<>();
    private final Map<String, CaptureStatus> beginnings = new ConcurrentHashMap<>();
    private final Map<URI, Boolean> emulators = new ConcurrentHashMap<>();

    @Override
    public VirtualTimers of(String account) {
        return timers.computeIfAbsent(account, name -> new VirtualTimers());
    }

    Map<String, CaptureStatus> beginnings() {
        return beginnings;
    }

    boolean isEmulator(URI host) {
        return emulators.computeIfAbsent(host, Emulator::isAt);
    }
}
