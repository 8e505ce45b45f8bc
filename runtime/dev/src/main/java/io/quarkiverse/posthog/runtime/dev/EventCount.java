package io.quarkiverse.posthog.runtime.dev;

/**
 * The stored events with the same name and account.
 *
 * @param latest when the latest of them was captured, in ISO 8601
 */
public record EventCount(String event, String account, long queued, long delivered, long dropped, String latest) {
}
