/**
 * The operators of property filters. {@link io.quarkiverse.posthog.runtime.flags.local.matcher.Operator} lists all
 * operators, {@link io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyMatcherFactory} selects the class that
 * implements an operator, and each family has a class:
 * <ul>
 * <li>{@code TruthMatcher} compares booleans
 * <li>{@code EqualityMatcher} and {@code TextSearchMatcher} compare texts, which {@code PropertyStringifier} creates
 * <li>{@code RegexMatcher} uses regular expressions that {@code RegexCompiler} accepts
 * <li>{@code NumberRangeMatcher} compares numbers, which {@code Numbers} reads
 * <li>{@code DateComparisonMatcher} compares dates, which {@code Dates} reads
 * <li>{@code SemverMatcher} compares versions, which {@code Semver} and {@code SemverRequirement} read
 * </ul>
 */
package io.quarkiverse.posthog.runtime.flags.local.matcher;
