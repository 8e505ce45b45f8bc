/**
 * Loads the definitions of flags and keeps them up to date: from PostHog, from what instances share, and from the
 * copy that an earlier run left on disk.
 */
package io.quarkiverse.posthog.runtime.flags.definitions;
