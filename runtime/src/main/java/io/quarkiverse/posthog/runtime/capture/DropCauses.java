package io.quarkiverse.posthog.runtime.capture;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.runtime.rest.LogText;

/** The causes of dropped events and the number of events for each cause, for one log message. Not for several threads. */
final class DropCauses {

    private static final int MOST = 5;
    private static final String UNKNOWN = "no details";

    private final Map<String, Long> causes = new LinkedHashMap<>();
    private long others;
    private long total;

    /** @param detail the cause, which may be a text of another system; null if there is none */
    void add(long count, String detail) {
        total += count;
        String cause = detail == null ? UNKNOWN : LogText.of(detail);
        if (causes.size() < MOST || causes.containsKey(cause)) {
            causes.merge(cause, count, Long::sum);
        } else {
            others += count;
        }
    }

    long total() {
        return total;
    }

    /** The end of a message that has a reason and the total already; empty if there is nothing to add. */
    @Override
    public String toString() {
        if (others == 0 && causes.size() == 1) {
            String only = causes.keySet().iterator().next();
            return only.equals(UNKNOWN) ? "" : ": " + only;
        }
        return causes.entrySet().stream().map(cause -> cause.getKey() + " (" + cause.getValue() + ")")
                .collect(Collectors.joining("; ", ": ", others == 0 ? "" : "; and " + others + " for other reasons"));
    }
}
