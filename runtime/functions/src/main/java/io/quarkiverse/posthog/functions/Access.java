package io.quarkiverse.posthog.functions;

/** Whether functions can be called. */
public enum Access {

    /** The function is called. */
    ALLOW,

    /** A person is asked before each call. */
    ASK,

    /** The function is not offered, and calls are rejected. */
    DENY;

    /** Returns the access that permits less. */
    public Access stricter(Access other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
