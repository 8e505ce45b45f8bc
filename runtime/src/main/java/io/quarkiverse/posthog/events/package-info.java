/** The events that PostHog has, read with a personal API key: each event of a window of time exactly once. */
package io.quarkiverse.posthog.events;
