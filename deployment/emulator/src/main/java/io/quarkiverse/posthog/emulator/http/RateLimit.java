package io.quarkiverse.posthog.emulator.http;

/**
 * The maximum number of requests in a short and a long window.
 *
 * @param sustained zero without a long window
 */
public record RateLimit(int burst, int burstSeconds, int sustained, int sustainedSeconds) {
}
