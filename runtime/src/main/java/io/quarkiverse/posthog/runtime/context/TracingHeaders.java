package io.quarkiverse.posthog.runtime.context;

import java.util.List;
import java.util.function.Predicate;

/** The headers in which PostHog's browser library sends the person and the session. Clients can send any values. */
final class TracingHeaders {

    static final String DISTINCT_ID = "X-POSTHOG-DISTINCT-ID";
    private static final String SESSION_ID = "X-POSTHOG-SESSION-ID";

    private static final int MAX_LENGTH = 1000;

    private TracingHeaders() {
    }

    /** The person: the first value that is a distinct ID, which placeholders such as {@code null} are not. */
    static String distinctId(HttpRequestInfo request) {
        return first(request.header(DISTINCT_ID), value -> !DistinctIds.isIllegal(value));
    }

    /** The session: the first value that is not blank. */
    static String sessionId(HttpRequestInfo request) {
        return value(request.header(SESSION_ID));
    }

    /** The first value that is one: without control characters and the spaces around it, and not too long. */
    static String value(List<String> values) {
        return first(values, value -> !DistinctIds.isBlank(value));
    }

    private static String first(List<String> values, Predicate<String> present) {
        for (String value : values) {
            String clean = clean(value);
            if (present.test(clean)) {
                return clean;
            }
        }
        return null;
    }

    private static String clean(String value) {
        if (value == null) {
            return "";
        }
        StringBuilder clean = new StringBuilder(value.length());
        // C0, DEL and C1
        value.codePoints().filter(c -> !Character.isISOControl(c)).forEach(clean::appendCodePoint);
        String stripped = clean.toString().strip();
        return stripped.length() <= MAX_LENGTH ? stripped : cut(stripped);
    }

    /** Truncates a text, but not in the middle of a character. */
    private static String cut(String text) {
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end).strip();
    }
}
