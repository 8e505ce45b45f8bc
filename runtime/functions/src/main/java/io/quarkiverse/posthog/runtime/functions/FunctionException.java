package io.quarkiverse.posthog.runtime.functions;

/** Ends a call with an error for the caller. */
public final class FunctionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient FunctionError error;

    public FunctionException(FunctionError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public FunctionError error() {
        return error;
    }
}
