package io.quarkiverse.posthog.persons;

import java.util.UUID;

import io.quarkiverse.posthog.Page;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The persons behind the events.
 * <p>
 * Needs {@code personal-api-key} with the scope {@code person:read}.
 */
public interface Persons {

    /** All persons, the newest first. See {@link #list(PersonQuery)}. */
    @CheckReturnValue
    default Multi<Person> list() {
        return list(PersonQuery.create());
    }

    /**
     * All matching persons, the newest first.
     * <p>
     * Pages are fetched on demand, one at a time. A person that slides onto the next page because new persons arrive
     * meanwhile is delivered once; one that slides onto the page before because others are deleted meanwhile is missed,
     * as PostHog pages persons by offset.
     */
    @CheckReturnValue
    Multi<Person> list(PersonQuery query);

    /** One page of persons. It may be short or empty although there is a further one. */
    @CheckReturnValue
    Uni<Page<Person>> page(PersonQuery query);

    /**
     * One person by uuid.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} when there is none.
     */
    @CheckReturnValue
    Uni<Person> get(UUID uuid);

    /**
     * One person by {@link Person#numericId() numeric id}.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} when there is none.
     */
    @CheckReturnValue
    Uni<Person> get(long numericId);
}
