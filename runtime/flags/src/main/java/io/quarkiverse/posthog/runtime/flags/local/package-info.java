/**
 * Evaluates feature flags from their definitions, without asking PostHog.
 * <p>
 * Definitions are compiled once ({@link io.quarkiverse.posthog.runtime.flags.local.FlagDefinitions}) and then only read.
 * What cannot be decided here is said to be inconclusive; it never becomes a value.
 */
package io.quarkiverse.posthog.runtime.flags.local;
