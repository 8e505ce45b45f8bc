package io.quarkiverse.posthog.runtime.rest;

import java.util.Comparator;
import java.util.List;

/** Takes the keys of an account out of texts, wherever they stand. */
final class SecretMask {

    private final List<String> secrets;

    SecretMask(List<String> secrets) {
        // The longest first: one key may begin like another
        this.secrets = secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    }

    /** The length of the longest key; 0 if there are none. */
    int longest() {
        return secrets.isEmpty() ? 0 : secrets.get(0).length();
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
