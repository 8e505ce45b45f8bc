/**
 * Processing and outcome of captured events: hooks that are called before events are sent, listeners that are notified of the
 * outcome, and statistics.
 */
package io.quarkiverse.posthog.capture;
