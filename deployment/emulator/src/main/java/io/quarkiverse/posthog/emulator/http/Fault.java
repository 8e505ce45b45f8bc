package io.quarkiverse.posthog.emulator.http;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A simulated failure of matching requests.
 *
 * @param path a prefix, or a pattern when it holds {@code *}
 * @param method {@code null} for any
 * @param status {@code null} for the regular response after the latency
 * @param results the results of events in version 1 of capture by position, {@code null} for regular results
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

    /** Returns the result of an event, {@code null} for the regular result. */
    public EventResult resultAt(int position) {
        return position < results.size() ? results.get(position) : null;
    }
}
