package io.quarkiverse.posthog.runtime.flags.local.filter;

/**
 * Persons with something in common.
 *
 * @param index its place among the cohorts that flags ask for
 * @param root what its members have to match
 */
public record Cohort(int index, Filter root) {
}
