package io.quarkiverse.posthog.emulator.http;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Something that goes wrong for matching requests.
 *
 * @param path a prefix, or a pattern when it holds {@code *}
 * @param method {@code null} for any
 * @param status {@code null} to answer as usual, after the latency
 * @param results what version 1 of capture answers for each event by its position, {@code null} for as usual
 */
public record Fault(String path, String method, Integer status, String body, Map<String, String> headers,
        long latencyMillis, boolean dropConnection, List<EventResult> results) {

    boolean matches(String requestMethod, String requestPath) {
        return (method == null || method.equalsIgnoreCase(requestMethod)) && matchesPath(requestPath);
    }

    private boolean matchesPath(String requestPath) {
        if (!path.contains("*")) {
            return requestPath.startsWith(path);
        }
        String regex = Pattern.quote(path).replace("*", "\\E.*\\Q");
        return Pattern.matches(regex + "/?", requestPath);
    }

    /** The result that an event is to have, {@code null} for its own. */
    public EventResult resultAt(int position) {
        return position < results.size() ? results.get(position) : null;
    }
}
