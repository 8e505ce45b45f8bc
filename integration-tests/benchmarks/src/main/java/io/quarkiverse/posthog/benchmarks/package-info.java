/**
 * Benchmarks, which are run manually as described in the README. {@code Benchmarks} runs one of them by its name. A
 * comparison with PostHog's own SDK measures both in the same run. The results are tables for the documentation.
 */
package io.quarkiverse.posthog.benchmarks;
