package io.quarkiverse.posthog.persons;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.posthog.Paging;
import io.quarkiverse.posthog.PropertyFilter;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * A query for persons. Immutable: each method returns a modified copy.
 *
 * @param search a part of the email address, or the exact distinct ID; null for all persons
 * @param distinctId the exact distinct ID, null for all
 * @param email the exact email address, null for all persons
 * @param properties filters on person properties, all of which must match
 * @param paging the offset, the limit and the page size
 */
public record PersonQuery(String search, String distinctId, String email, List<PropertyFilter> properties,
        Paging paging) {

    public PersonQuery {
        properties = List.copyOf(properties);
    }

    /** Returns a query for all persons, newest first. */
    public static PersonQuery create() {
        return new PersonQuery(null, null, null, List.of(), Paging.ALL);
    }

    /** Selects persons whose email address contains the given text, or who have exactly this distinct ID. */
    @CheckReturnValue
    public PersonQuery search(String search) {
        return new PersonQuery(search, distinctId, email, properties, paging);
    }

    /** Selects the person with this distinct ID. */
    @CheckReturnValue
    public PersonQuery distinctId(String distinctId) {
        return new PersonQuery(search, distinctId, email, properties, paging);
    }

    /** Selects persons with exactly this email address. */
    @CheckReturnValue
    public PersonQuery email(String email) {
        return new PersonQuery(search, distinctId, email, properties, paging);
    }

    /** Adds a filter on a person property. All filters must match. */
    @CheckReturnValue
    public PersonQuery property(PropertyFilter property) {
        List<PropertyFilter> all = new ArrayList<>(properties);
        all.add(property);
        return new PersonQuery(search, distinctId, email, all, paging);
    }

    /** Sets the maximum number of persons to return. */
    @CheckReturnValue
    public PersonQuery limit(int limit) {
        return new PersonQuery(search, distinctId, email, properties, paging.limit(limit));
    }

    /** Skips the given number of persons at the start. */
    @CheckReturnValue
    public PersonQuery offset(int offset) {
        return new PersonQuery(search, distinctId, email, properties, paging.offset(offset));
    }

    /** Sets the number of persons per request. */
    @CheckReturnValue
    public PersonQuery pageSize(int pageSize) {
        return new PersonQuery(search, distinctId, email, properties, paging.pageSize(pageSize));
    }
}
