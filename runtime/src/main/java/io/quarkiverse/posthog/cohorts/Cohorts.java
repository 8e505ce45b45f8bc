package io.quarkiverse.posthog.cohorts;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Reads cohorts.
 * <p>
 * Requires {@code personal-api-key} with the scope {@code cohort:read}; listing their members also requires
 * {@code person:read}.
 */
public interface Cohorts {

    /** Lists all cohorts. Shorthand for {@link #list(CohortQuery)} with {@link CohortQuery#create}. */
    @CheckReturnValue
    default Multi<Cohort> list() {
        return list(CohortQuery.create());
    }

    /** Lists all matching cohorts. Fetches pages on demand, one at a time. */
    @CheckReturnValue
    Multi<Cohort> list(CohortQuery query);

    /** Returns one page of cohorts. */
    @CheckReturnValue
    Uni<Page<Cohort>> page(CohortQuery query);

    /**
     * Returns a cohort.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} if it does not exist.
     */
    @CheckReturnValue
    Uni<Cohort> get(long id);

    /**
     * Lists all persons of a cohort. Shorthand for {@link #persons(long, PersonQuery)} with {@link PersonQuery#create}.
     */
    @CheckReturnValue
    default Multi<Person> persons(long id) {
        return persons(id, PersonQuery.create());
    }

    /**
     * Lists the matching persons of a cohort, each with at most 10 of its distinct IDs. Pages are fetched on demand, one at a
     * time.
     *
     * @param query the query; PostHog supports only {@code search} and {@code properties} for cohorts. {@code distinctId}
     *        and {@code email} cause an {@link IllegalArgumentException}
     */
    @CheckReturnValue
    Multi<Person> persons(long id, PersonQuery query);

    /** Returns one page of the matching persons of a cohort. See {@link #persons(long, PersonQuery)}. */
    @CheckReturnValue
    Uni<Page<Person>> personsPage(long id, PersonQuery query);
}
