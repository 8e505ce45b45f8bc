package io.quarkiverse.posthog.runtime.resources;

import java.util.UUID;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.persons.Persons;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.quarkiverse.posthog.runtime.rest.api.PathSegment;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Reads persons with PostHog's REST API. */
public final class PersonsClient implements Persons {

    private static final Operation<PostHogApi> LIST = Operation.read("persons.list", Limit.PERSONS);
    private static final Operation<PostHogApi> PAGE = Operation.read("persons.page", Limit.PERSONS);
    private static final Operation<PostHogApi> GET = Operation.read("persons.get", Limit.PERSONS);

    private static final ApiPath PERSONS = ApiPath.of("/api/projects/{project}/persons/");
    private static final ApiPath PERSON = ApiPath.of("/api/projects/{project}/persons/{id}/");

    private final ApiExecutor calls;

    public PersonsClient(ApiExecutor calls) {
        this.calls = calls;
    }

    @Override
    public Multi<Person> list(PersonQuery query) {
        return persons().all(LIST, query.paging(), () -> parameters(query));
    }

    @Override
    public Uni<Page<Person>> page(PersonQuery query) {
        return persons().page(PAGE, query.paging(), () -> parameters(query));
    }

    @Override
    public Uni<Person> get(UUID uuid) {
        return get(uuid.toString());
    }

    @Override
    public Uni<Person> get(long numericId) {
        return get(Long.toString(numericId));
    }

    private Uni<Person> get(String id) {
        return calls.read(GET, Person.class, ApiCall.get(calls.inProject(PERSON).with("id", PathSegment.of("id", id))));
    }

    private ResourceList<Person> persons() {
        return ResourceList.of(calls, calls.inProject(PERSONS), Person.class, Person::uuid);
    }

    private Parameters parameters(PersonQuery query) {
        return new Parameters(calls.mapper())
                .with("search", query.search())
                .with("distinct_id", query.distinctId())
                .with("email", query.email())
                .with("properties", query.properties());
    }
}
