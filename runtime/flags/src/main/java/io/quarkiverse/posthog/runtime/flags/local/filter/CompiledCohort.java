package io.quarkiverse.posthog.runtime.flags.local.filter;

/**
 * A cohort of persons.
 *
 * @param index the index among the cohorts that flags use
 * @param root the filter that matches the members
 */
public record CompiledCohort(int index, Filter root) {
}
