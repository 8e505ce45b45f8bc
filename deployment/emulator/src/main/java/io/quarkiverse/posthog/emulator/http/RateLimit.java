package io.quarkiverse.posthog.emulator.http;

/**
 * How many requests are allowed in two windows.
 *
 * @param sustained zero when there is no long window
 */
public record RateLimit(int burst, int burstSeconds, int sustained, int sustainedSeconds) {
}
