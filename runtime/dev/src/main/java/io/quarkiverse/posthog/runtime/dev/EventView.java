package io.quarkiverse.posthog.runtime.dev;

import java.util.Map;

/**
 * A captured event as the Dev UI shows it.
 *
 * @param change grows with each change of any event
 * @param timestamp of the event; null when it has none
 * @param captured when it was captured
 * @param properties as JSON has them; null when they are too large to be shown
 * @param state {@code QUEUED}, {@code RETRYING}, {@code DELIVERED} or {@code DROPPED}
 * @param reason why it was dropped; null unless it was
 * @param detail what went wrong; null if nothing did
 * @param request the last request that carried it; null when there was none
 */
public record EventView(String id, long change, String account, String name, String distinctId, String timestamp,
        String captured, Map<String, Object> properties, String state, String reason, String detail, Request request) {

    /**
     * A request with events.
     *
     * @param events how many events it carried
     * @param bytes how large it was, compressed
     * @param status of the answer; null when there was none
     */
    public record Request(String path, int attempt, int events, int bytes, long millis, Integer status) {
    }
}
