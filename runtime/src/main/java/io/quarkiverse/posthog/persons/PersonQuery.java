package io.quarkiverse.posthog.persons;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.posthog.Paging;
import io.quarkiverse.posthog.PropertyFilter;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * Which persons to list. Immutable: each method returns a changed copy.
 *
 * @param search part of an e-mail address, or an exact distinct id; null for all
 * @param distinctId the exact distinct id, null for all
 * @param email the exact e-mail address, null for all
 * @param properties conditions on person properties, all of which must hold
 * @param paging how much to read
 */
public record PersonQuery(String search, String distinctId, String email, List<PropertyFilter> properties,
        Paging paging) {

    public PersonQuery {
        properties = List.copyOf(properties);
    }

    /** All persons, the newest first. */
    public static PersonQuery create() {
        return new PersonQuery(null, null, null, List.of(), Paging.ALL);
    }

    /** Only persons with this in their e-mail address, or with exactly this distinct id. */
    @CheckReturnValue
    public PersonQuery search(String search) {
        return new PersonQuery(search, distinctId, email, properties, paging);
    }

    /** Only the person with this distinct id. */
    @CheckReturnValue
    public PersonQuery distinctId(String distinctId) {
        return new PersonQuery(search, distinctId, email, properties, paging);
    }

    /** Only persons with exactly this e-mail address. */
    @CheckReturnValue
    public PersonQuery email(String email) {
        return new PersonQuery(search, distinctId, email, properties, paging);
    }

    /** Adds a condition on a person property; all conditions must hold. */
    @CheckReturnValue
    public PersonQuery property(PropertyFilter property) {
        List<PropertyFilter> all = new ArrayList<>(properties);
        all.add(property);
        return new PersonQuery(search, distinctId, email, all, paging);
    }

    /** Sets how many persons to return at the most. */
    @CheckReturnValue
    public PersonQuery limit(int limit) {
        return new PersonQuery(search, distinctId, email, properties, paging.limit(limit));
    }

    /** Leaves out this many persons at the start. */
    @CheckReturnValue
    public PersonQuery offset(int offset) {
        return new PersonQuery(search, distinctId, email, properties, paging.offset(offset));
    }

    /** Sets how many persons to ask for in one request. */
    @CheckReturnValue
    public PersonQuery pageSize(int pageSize) {
        return new PersonQuery(search, distinctId, email, properties, paging.pageSize(pageSize));
    }
}
