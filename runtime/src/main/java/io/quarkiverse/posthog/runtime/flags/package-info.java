/**
 * Evaluation of feature flags: locally with the loaded definitions where possible, otherwise by PostHog.
 */
package io.quarkiverse.posthog.runtime.flags;
