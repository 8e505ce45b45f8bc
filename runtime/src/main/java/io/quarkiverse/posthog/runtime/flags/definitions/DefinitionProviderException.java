package io.quarkiverse.posthog.runtime.flags.definitions;

/** A failure of a provider that was already logged. */
final class DefinitionProviderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DefinitionProviderException(String message) {
        super(message, null, false, false);
    }
}
