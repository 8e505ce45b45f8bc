package io.quarkiverse.posthog.runtime.gating;

import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;

/** Registers the gates that were found at build time. */
@Recorder
public class GatingRecorder {

    public RuntimeValue<GateRegistry> gates() {
        return new RuntimeValue<>(new GateRegistry());
    }

    public void add(RuntimeValue<GateRegistry> gates, String target, String flag, String variant, int status, String account,
            boolean defaultValue) {
        gates.getValue().add(target, new GateConfig(flag, variant, status, account, defaultValue));
    }
}
