package io.quarkiverse.posthog.persons;

import java.util.UUID;

import io.quarkiverse.posthog.Page;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Reads persons.
 * <p>
 * Requires {@code personal-api-key} with the scope {@code person:read}.
 */
public interface Persons {

    /**
     * Lists all persons, newest first. Shorthand for {@link #list(PersonQuery)} with {@link PersonQuery#create}.
     */
    @CheckReturnValue
    default Multi<Person> list() {
        return list(PersonQuery.create());
    }

    /**
     * Lists all matching persons, newest first.
     * <p>
     * Fetches pages on demand, one at a time. PostHog pages persons by offset. Persons that move to the next page because new
     * persons arrive are delivered once. Persons that move to a previous page because other persons are deleted are
     * missed.
     */
    @CheckReturnValue
    Multi<Person> list(PersonQuery query);

    /** Returns one page of persons. It can be short or empty even if there is a next page. */
    @CheckReturnValue
    Uni<Page<Person>> page(PersonQuery query);

    /**
     * Returns a person by UUID.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} if it does not exist.
     */
    @CheckReturnValue
    Uni<Person> get(UUID uuid);

    /**
     * Returns a person by {@link Person#numericId() numeric ID}.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} if it does not exist.
     */
    @CheckReturnValue
    Uni<Person> get(long numericId);
}
