package io.quarkiverse.posthog.runtime.rest.api;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.posthog.runtime.support.LogText;

/**
 * A value that is exactly one segment of a URL path. The REST interfaces take every path parameter that is text as this type,
 * so that no value can lead to another path.
 * <p>
 * Encoding is not enough: proxies decode and normalize paths, and {@code ..} in place of an ID would then return the project,
 * which contains secrets. No ID or key of PostHog contains these characters.
 */
public final class PathSegment {

    private static final Pattern ENCODED = Pattern.compile("%\\p{XDigit}{2}");

    /** Dot segments. Some servers ignore the part after a semicolon, and read {@code ..;a} as {@code ..}. */
    private static final Pattern DOTS = Pattern.compile("\\s*\\.{1,2}\\s*(;.*)?", Pattern.DOTALL);

    private final String value;

    private PathSegment(String value) {
        this.value = value;
    }

    /**
     * Creates a path segment.
     *
     * @param role the name of the argument, for the message
     * @throws IllegalArgumentException if the value is not one segment, naming the role and the reason
     */
    public static PathSegment of(String role, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The value of '" + role + "' must not be blank");
        }
        Parameters.encodable(role, value);
        // Also in the form in which a proxy could replace similar characters, such as full-width dots
        for (String text : new String[] { value, Normalizer.normalize(value, Normalizer.Form.NFKC) }) {
            String problem = problem(text);
            if (problem != null) {
                throw new IllegalArgumentException("The value of '" + role + "' " + problem
                        + "; it would lead to another path of PostHog");
            }
        }
        return new PathSegment(value);
    }

    private static String problem(String text) {
        if (DOTS.matcher(text).matches()) {
            return "is the dot segment '" + LogText.of(text.strip()) + "'";
        }
        Matcher encoded = ENCODED.matcher(text);
        if (encoded.find()) {
            return "contains the encoded character '" + encoded.group() + "', but must not be encoded";
        }
        return text.codePoints().mapToObj(PathSegment::problem).filter(found -> found != null).findFirst().orElse(null);
    }

    private static String problem(int c) {
        if (Character.isISOControl(c)) {
            return String.format("contains the control character U+%04X", c);
        }
        return c == '/' || c == '\\' ? "contains '" + (char) c + "'" : null;
    }

    /** Returns the value unchanged. The REST client encodes it. */
    @Override
    public String toString() {
        return value;
    }
}
