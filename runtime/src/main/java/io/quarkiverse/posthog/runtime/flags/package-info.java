/**
 * Evaluation of feature flags: locally with the loaded definitions where possible, otherwise by PostHog. {@code
 * FlagEvaluations} is the entry point, {@code FlagEvaluator} decides between local and remote evaluation, and {@code
 * RemoteEvaluator} sends the request. The rules of local evaluation are in {@code runtime.flags.local}, a module of its own.
 */
package io.quarkiverse.posthog.runtime.flags;
