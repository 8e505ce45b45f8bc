/**
 * What becomes of captured events: hooks that see them before they are sent, listeners that are told of their
 * fate, and counts.
 */
package io.quarkiverse.posthog.capture;
