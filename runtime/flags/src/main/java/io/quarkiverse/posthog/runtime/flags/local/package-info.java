/**
 * Local evaluation of feature flags, without PostHog and without Quarkus.
 * <p>
 * Flag definitions are compiled once and then only read. A flag that cannot be evaluated locally is
 * {@linkplain io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive inconclusive} and never gets a
 * guessed value. The packages are layers, from top to bottom:
 * <ol>
 * <li>{@link io.quarkiverse.posthog.runtime.flags.local.parser parser} compiles flag definitions
 * <li>this package evaluates the flags of compiled definitions
 * <li>{@link io.quarkiverse.posthog.runtime.flags.local.filter filter} evaluates a flag with its conditions, cohorts and
 * dependencies
 * <li>{@link io.quarkiverse.posthog.runtime.flags.local.matcher matcher} implements the operators, and
 * {@link io.quarkiverse.posthog.runtime.flags.local.bucketing bucketing} assigns IDs to rollouts, variants and holdouts
 * <li>{@link io.quarkiverse.posthog.runtime.flags.local.model model} contains the input and the result
 * </ol>
 */
package io.quarkiverse.posthog.runtime.flags.local;
