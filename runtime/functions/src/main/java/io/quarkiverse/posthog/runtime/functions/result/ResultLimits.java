package io.quarkiverse.posthog.runtime.functions.result;

/**
 * The limits of all results.
 *
 * @param maxCharacters the maximum number of characters of the JSON text
 * @param maskPersonalData whether email addresses, phone numbers and IP addresses are masked
 */
public record ResultLimits(int maxCharacters, boolean maskPersonalData) {

    public static final int DEFAULT_MAX_CHARACTERS = 60_000;

    /** The smallest maximum, with which each result has its account, its cursor and one row. */
    public static final int MIN_CHARACTERS = 2_000;
}
