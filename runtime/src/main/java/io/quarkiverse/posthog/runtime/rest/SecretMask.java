package io.quarkiverse.posthog.runtime.rest;

import java.util.List;

/** Takes the keys of an account out of texts, wherever they stand. */
final class SecretMask {

    private final List<String> secrets;

    SecretMask(List<String> secrets) {
        this.secrets = secrets;
    }

    String mask(String text) {
        if (text == null) {
            return null;
        }
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }
}
