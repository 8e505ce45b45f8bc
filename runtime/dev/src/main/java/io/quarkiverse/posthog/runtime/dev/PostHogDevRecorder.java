package io.quarkiverse.posthog.runtime.dev;

import java.util.Set;
import java.util.function.Supplier;

import io.quarkus.runtime.annotations.Recorder;

/** Passes data of the build to the application in dev mode. */
@Recorder
public class PostHogDevRecorder {

    public Supplier<EmulatedAccounts> emulatedAccounts(Set<String> names) {
        return new Supplier<>() {
            @Override
            public EmulatedAccounts get() {
                return new EmulatedAccounts(names);
            }
        };
    }
}
