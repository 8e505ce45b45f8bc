package io.quarkiverse.posthog.runtime.dev;

import java.util.Map;

/**
 * A captured event for the Dev UI.
 *
 * @param change the number of its last change, which increases with each change of any event
 * @param timestamp the timestamp of the event; null if it has none
 * @param captured the time when it was captured
 * @param properties the properties as JSON values; null if they are too large
 * @param state {@code QUEUED}, {@code RETRYING}, {@code DELIVERED} or {@code DROPPED}
 * @param reason the reason why it was dropped; null if it was not dropped
 * @param detail the failure; null if there was none
 * @param request the last request that contained it; null if there was none
 */
public record EventView(String id, long change, String account, String name, String distinctId, String timestamp,
        String captured, Map<String, Object> properties, String state, String reason, String detail, Request request) {

    /**
     * A request with events.
     *
     * @param events the number of events
     * @param bytes the compressed size
     * @param status the status of the response; null if there was none
     */
    public record Request(String path, int attempt, int events, int bytes, long millis, Integer status) {
    }
}
