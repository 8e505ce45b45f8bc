package io.quarkiverse.posthog.runtime.resources;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.cohorts.Cohort;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.cohorts.Cohorts;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.quarkiverse.posthog.runtime.rest.pagination.Paginator;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Reads cohorts with PostHog's REST API. */
public final class CohortsClient implements Cohorts {

    private static final Operation<PostHogApi> LIST = Operation.read("cohorts.list", Limit.CRUD);
    private static final Operation<PostHogApi> PAGE = Operation.read("cohorts.page", Limit.CRUD);
    private static final Operation<PostHogApi> GET = Operation.read("cohorts.get", Limit.CRUD);
    private static final Operation<PostHogApi> PERSONS = Operation.read("cohorts.persons", Limit.CRUD);
    private static final Operation<PostHogApi> PERSONS_PAGE = Operation.read("cohorts.personsPage", Limit.CRUD);

    private static final TypeReference<PageResponse<Cohort>> PAGE_OF_COHORTS = new TypeReference<>() {
    };

    private static final TypeReference<PageResponse<Person>> PAGE_OF_PERSONS = new TypeReference<>() {
    };

    private final ApiExecutor calls;

    public CohortsClient(ApiExecutor calls) {
        this.calls = calls;
    }

    @Override
    public Multi<Cohort> list(CohortQuery query) {
        return Multi.createFrom().deferred(() -> pages(LIST).walk(query.paging(), parameters(query)));
    }

    @Override
    public Uni<Page<Cohort>> page(CohortQuery query) {
        return Uni.createFrom().deferred(() -> pages(PAGE).page(query.paging(), parameters(query)));
    }

    @Override
    public Uni<Cohort> get(long id) {
        return calls.read(GET, Cohort.class, api -> api.getCohort(calls.project(), id));
    }

    @Override
    public Multi<Person> persons(long id, PersonQuery query) {
        return Multi.createFrom().deferred(() -> personPages(PERSONS, id).walk(query.paging(), personParameters(query)));
    }

    @Override
    public Uni<Page<Person>> personsPage(long id, PersonQuery query) {
        return Uni.createFrom()
                .deferred(() -> personPages(PERSONS_PAGE, id).page(query.paging(), personParameters(query)));
    }

    private Paginator<Cohort> pages(Operation<PostHogApi> operation) {
        return new Paginator<>(calls, operation, Cohort::id, parameters -> calls.read(operation, PAGE_OF_COHORTS,
                api -> api.listCohorts(calls.project(), parameters)));
    }

    private Paginator<Person> personPages(Operation<PostHogApi> operation, long id) {
        return new Paginator<>(calls, operation, Person::uuid, parameters -> calls.read(operation, PAGE_OF_PERSONS,
                api -> api.listCohortPersons(calls.project(), id, parameters)));
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
