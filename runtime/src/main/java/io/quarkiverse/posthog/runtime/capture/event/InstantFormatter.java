package io.quarkiverse.posthog.runtime.capture.event;

import java.time.Instant;

/**
 * Formats times like {@link Instant#toString}. Caches the text of the last second, because the events of a batch have
 * similar times and most of the work is formatting the date and time.
 */
final class InstantFormatter {

    private static final int MILLI = 1_000_000;
    private static final int MICRO = 1000;

    private long second = Long.MIN_VALUE;
    private String text;

    String format(Instant time) {
        if (time.getEpochSecond() != second) {
            second = time.getEpochSecond();
            String whole = Instant.ofEpochSecond(second).toString();
            text = whole.substring(0, whole.length() - 1);
        }
        int nanos = time.getNano();
        if (nanos == 0) {
            return text + "Z";
        }
        StringBuilder out = new StringBuilder(text.length() + 11).append(text).append('.');
        if (nanos % MILLI == 0) {
            digits(out, nanos / MILLI, 100);
        } else if (nanos % MICRO == 0) {
            digits(out, nanos / MICRO, 100_000);
        } else {
            digits(out, nanos, 100_000_000);
        }
        return out.append('Z').toString();
    }

    private static void digits(StringBuilder out, int number, int first) {
        for (int place = first; place > 0; place /= 10) {
            out.append((char) ('0' + number / place % 10));
        }
    }
}
