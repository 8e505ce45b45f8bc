package io.quarkiverse.posthog.runtime.capture.log;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.runtime.support.LogText;

/** The causes and names of dropped events with their numbers, for one log message. Not for several threads. */
final class DropCauses {

    private static final int MAX_CAUSES = 5;
    private static final int MAX_NAME_LENGTH = 60;
    private static final String UNKNOWN = "no details";

    private final Tally causes = new Tally();
    private final Tally names = new Tally();
    private long total;

    /** @param detail the cause, which may be a text of another system; null if there is none */
    void add(long count, String detail) {
        total += count;
        causes.add(detail == null ? UNKNOWN : LogText.of(detail), count);
    }

    /** @param events the names of the events; null for an event without a name */
    void add(List<String> events, String detail) {
        add(events.size(), detail);
        events.stream().filter(Objects::nonNull).forEach(name -> names.add(name, 1));
    }

    long total() {
        return total;
    }

    /** The names of the events; empty if none is available. */
    String names() {
        if (names.counts.isEmpty()) {
            return "";
        }
        String all = names.counts.entrySet().stream()
                .map(name -> quoted(name.getKey()) + (total == 1 ? "" : " (" + name.getValue() + ")"))
                .collect(Collectors.joining(", "));
        return (total == 1 ? "; event: " : "; events: ") + all
                + (names.others == 0 ? "" : " and " + names.others + " with other names");
    }

    private static String quoted(String name) {
        boolean isLong = name.length() > MAX_NAME_LENGTH;
        return "'" + LogText.of(isLong ? name.substring(0, MAX_NAME_LENGTH) : name) + (isLong ? "..." : "") + "'";
    }

    /** The end of a message that has a reason and the total already; empty if there is nothing to add. */
    @Override
    public String toString() {
        return causes() + names();
    }

    /** The causes, after a colon; empty if none is available. */
    String causes() {
        if (causes.others == 0 && causes.counts.size() == 1) {
            String only = causes.counts.keySet().iterator().next();
            return only.equals(UNKNOWN) ? "" : ": " + only;
        }
        return causes.counts.entrySet().stream().map(cause -> cause.getKey() + " (" + cause.getValue() + ")")
                .collect(Collectors.joining("; ", ": ",
                        causes.others == 0 ? "" : "; and " + causes.others + " for other reasons"));
    }

    /** Counts texts, of which only the first ones are kept. */
    private static final class Tally {

        private final Map<String, Long> counts = new LinkedHashMap<>();
        private long others;

        void add(String text, long count) {
            if (counts.size() < MAX_CAUSES || counts.containsKey(text)) {
                counts.merge(text, count, Long::sum);
            } else {
                others += count;
            }
        }
    }
}
