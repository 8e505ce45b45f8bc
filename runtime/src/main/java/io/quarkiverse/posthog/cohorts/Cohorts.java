package io.quarkiverse.posthog.cohorts;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The cohorts.
 * <p>
 * Needs {@code personal-api-key} with the scope {@code cohort:read}; their persons also {@code person:read}.
 */
public interface Cohorts {

    /** All cohorts. */
    @CheckReturnValue
    default Multi<Cohort> list() {
        return list(CohortQuery.create());
    }

    /** All matching cohorts. Pages are fetched on demand, one at a time. */
    @CheckReturnValue
    Multi<Cohort> list(CohortQuery query);

    /** One page of cohorts. */
    @CheckReturnValue
    Uni<Page<Cohort>> page(CohortQuery query);

    /**
     * One cohort.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} when there is none.
     */
    @CheckReturnValue
    Uni<Cohort> get(long id);

    /** All persons of a cohort. See {@link #persons(long, PersonQuery)}. */
    @CheckReturnValue
    default Multi<Person> persons(long id) {
        return persons(id, PersonQuery.create());
    }

    /**
     * The matching persons of a cohort, each with at most 10 of its distinct ids. Pages are fetched on demand, one at a
     * time.
     *
     * @param query which persons; PostHog knows {@code search} and {@code properties} here, but neither
     *        {@code distinctId} nor {@code email}, which are an {@link IllegalArgumentException}
     */
    @CheckReturnValue
    Multi<Person> persons(long id, PersonQuery query);

    /** One page of the matching persons of a cohort. See {@link #persons(long, PersonQuery)}. */
    @CheckReturnValue
    Uni<Page<Person>> personsPage(long id, PersonQuery query);
}
