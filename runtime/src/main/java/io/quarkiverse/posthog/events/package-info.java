/** Captured events, read with a personal API key: each event of a time window exactly once. */
package io.quarkiverse.posthog.events;
