package io.quarkiverse.posthog.runtime.flags.local.filter;

/** Receives the exceptions of flag evaluations, which are defects of the evaluator or of a property value. */
@FunctionalInterface
public interface FailureListener {

    /** Ignores all exceptions. */
    FailureListener NONE = (key, failure) -> {
    };

    /** @param key the key of the flag */
    void onFailure(String key, Throwable failure);
}
