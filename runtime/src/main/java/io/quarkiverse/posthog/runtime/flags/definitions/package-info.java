/**
 * Loads flag definitions and keeps them up to date: from PostHog, from other instances, and from the copy on disk.
 */
package io.quarkiverse.posthog.runtime.flags.definitions;
