package io.quarkiverse.posthog.flags;

import java.util.Arrays;
import java.util.Optional;

/** The runtime for which a flag is evaluated, as set in PostHog. */
public enum EvaluationRuntime {

    /** Browsers and mobile applications. */
    CLIENT("client"),

    /** Servers. */
    SERVER("server"),

    /** Both. */
    ALL("all");

    private final String code;

    EvaluationRuntime(String code) {
        this.code = code;
    }

    /** Returns the code in PostHog's API, such as {@code client}. */
    public String code() {
        return code;
    }

    /** Returns whether a flag with this runtime is evaluated for the other runtime. */
    public boolean isFor(EvaluationRuntime other) {
        return this == ALL || other == ALL || this == other;
    }

    /** Returns the runtime with this code; empty if it is null or unknown. */
    public static Optional<EvaluationRuntime> of(String code) {
        return Arrays.stream(values()).filter(runtime -> runtime.code.equals(code)).findFirst();
    }

    @Override
    public String toString() {
        return code;
    }
}
