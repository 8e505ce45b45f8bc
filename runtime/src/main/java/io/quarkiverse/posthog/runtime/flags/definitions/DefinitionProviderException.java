package io.quarkiverse.posthog.runtime.flags.definitions;

/** What instances share can't be used; the log says so already. */
final class DefinitionProviderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DefinitionProviderException(String message) {
        super(message, null, false, false);
    }
}
