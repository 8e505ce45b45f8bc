package io.quarkiverse.posthog.runtime.rest;

import java.util.Comparator;
import java.util.List;

import io.vertx.core.buffer.Buffer;

/** Takes the keys of an account out of texts, wherever they stand. */
final class SecretMask {

    private final List<String> secrets;

    SecretMask(List<String> secrets) {
        // The longest first: one key may begin like another
        this.secrets = secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
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

    /** The beginning of a text that may have many megabytes, without a part of a key at its end. */
    String beginning(Buffer text, int most) {
        int longest = secrets.isEmpty() ? 0 : secrets.get(0).length();
        // A character has up to four bytes
        int read = (int) Math.min(text.length(), 4L * most + longest);
        String masked = mask(text.getString(0, read));
        if (read == text.length() && masked.length() <= most) {
            return masked;
        }
        int whole = read == text.length() ? masked.length() : Math.max(0, masked.length() - longest);
        return masked.substring(0, Math.min(most, whole)) + "...";
    }
}
