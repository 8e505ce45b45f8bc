package io.quarkiverse.posthog.runtime.resources;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.cohorts.Cohort;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.cohorts.Cohorts;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Reads cohorts with PostHog's REST API. */
public final class CohortsClient implements Cohorts {

    private static final Operation<PostHogApi> LIST = Operation.read("cohorts.list", Limit.CRUD);
    private static final Operation<PostHogApi> PAGE = Operation.read("cohorts.page", Limit.CRUD);
    private static final Operation<PostHogApi> GET = Operation.read("cohorts.get", Limit.CRUD);
    private static final Operation<PostHogApi> PERSONS = Operation.read("cohorts.persons", Limit.CRUD);
    private static final Operation<PostHogApi> PERSONS_PAGE = Operation.read("cohorts.personsPage", Limit.CRUD);

    private static final ApiPath COHORTS = ApiPath.of("/api/projects/{project}/cohorts/");
    private static final ApiPath COHORT = ApiPath.of("/api/projects/{project}/cohorts/{id}/");
    private static final ApiPath MEMBERS = ApiPath.of("/api/projects/{project}/cohorts/{id}/persons/");

    private final ApiExecutor calls;

    public CohortsClient(ApiExecutor calls) {
        this.calls = calls;
    }

    @Override
    public Multi<Cohort> list(CohortQuery query) {
        return cohorts().all(LIST, query.paging(), () -> parameters(query));
    }

    @Override
    public Uni<Page<Cohort>> page(CohortQuery query) {
        return cohorts().page(PAGE, query.paging(), () -> parameters(query));
    }

    @Override
    public Uni<Cohort> get(long id) {
        return calls.read(GET, Cohort.class, ApiCall.get(calls.inProject(COHORT).with("id", id)));
    }

    @Override
    public Multi<Person> persons(long id, PersonQuery query) {
        return members(id).all(PERSONS, query.paging(), () -> personParameters(query));
    }

    @Override
    public Uni<Page<Person>> personsPage(long id, PersonQuery query) {
        return members(id).page(PERSONS_PAGE, query.paging(), () -> personParameters(query));
    }

    private ResourceList<Cohort> cohorts() {
        return ResourceList.of(calls, calls.inProject(COHORTS), Cohort.class, Cohort::id);
    }

    private ResourceList<Person> members(long id) {
        return ResourceList.of(calls, calls.inProject(MEMBERS).with("id", id), Person.class, Person::uuid);
    }

    private Parameters parameters(CohortQuery query) {
        return new Parameters(calls.mapper())
                .with("search", query.search())
                .with("type", query.type() == null ? null : query.type().value());
    }

    private Parameters personParameters(PersonQuery query) {
        if (query.distinctId() != null || query.email() != null) {
            throw new IllegalArgumentException("PostHog cannot filter the persons of a cohort by distinctId or email; use "
                    + "search, which finds an exact distinct ID or a part of an email address");
        }
        return new Parameters(calls.mapper())
                .with("search", query.search())
                .with("properties", query.properties());
    }
}
