/**
 * Evaluation of feature flags: locally with the loaded definitions, and by PostHog for the flags for which that is
 * not possible.
 */
package io.quarkiverse.posthog.runtime.flags;
