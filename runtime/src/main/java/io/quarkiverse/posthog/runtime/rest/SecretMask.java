package io.quarkiverse.posthog.runtime.rest;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Masks the keys of an account in texts, and any other secret key of PostHog, such as one of another account. */
public final class SecretMask {

    private static final String MASK = "***";

    /** Personal, project secret and OAuth keys. Possessive, so that the time is linear in the length of the text. */
    private static final Pattern SECRET_KEY = Pattern.compile("(?<![A-Za-z0-9])ph[xsar]_[A-Za-z0-9_-]{8,}+");

    private final List<String> secrets;

    public SecretMask(List<String> secrets) {
        // The longest first: one key may begin like another
        this.secrets = secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    }

    /** Null for null. */
    public String mask(String text) {
        if (text == null) {
            return null;
        }
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return SECRET_KEY.matcher(masked).replaceAll(MASK);
    }
}
