/** Assigns IDs to rollouts, variants and holdouts by their hash, in the same way as PostHog. */
package io.quarkiverse.posthog.runtime.flags.local.bucketing;
