package io.quarkiverse.posthog.emulator.api;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.ApiRoutes;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.ListPage;
import io.quarkiverse.posthog.emulator.http.RateLimitGroup;
import io.quarkiverse.posthog.emulator.store.DocumentStore;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StoredPerson;

/** Cohorts and the persons in them. */
public final class CohortsApi {

    private static final int MAX_SEARCH = 200;
    private static final int MAX_LISTED_DISTINCT_IDS = 10;
    private static final List<String> TEXTS = List.of("name", "description");
    private static final List<String> FLAGS = List.of("deleted");
    private static final List<String> NOT_BASIC = List.of("filters", "query", "groups");

    private final Project project;

    public CohortsApi(Project project) {
        this.project = project;
    }

    public void addTo(ApiRoutes routes) {
        routes.resource(RateLimitGroup.DEFAULT, "cohort:read")
                .get("/cohorts", this::list)
                .get("/cohorts/:id", request -> EmulatorResponse.ok(toJson(require(request, false))));
        routes.resource(RateLimitGroup.DEFAULT, "cohort:read", "person:read")
                .get("/cohorts/:id/persons", this::persons);
        routes.resource(RateLimitGroup.DEFAULT, "cohort:write")
                .patch("/cohorts/:id", this::update)
                .rejectDelete("/cohorts/:id");
    }

    private EmulatorResponse list(ApiRequest request) {
        if (request.param("search").orElse("").length() > MAX_SEARCH) {
            throw ApiException.invalid("invalid_input", "Search term must not be longer than 200 characters.", "search");
        }
        boolean basic = request.truthy("basic");
        List<ObjectNode> found = project.cohorts().documents().live().filter(cohort -> isWanted(cohort, request)).toList();
        return new ListPage(request).counted(found, cohort -> basic ? toJson(cohort).remove(NOT_BASIC) : toJson(cohort));
    }

    private static boolean isWanted(ObjectNode cohort, ApiRequest request) {
        boolean isStatic = cohort.get("is_static").booleanValue();
        return request.text("type").map(type -> type.equals("static") == isStatic).orElse(true)
                && request.text("created_by_id").map(ids -> SoftDeletable.isCreatedBy(cohort, ids)).orElse(true)
                && SoftDeletable.isFound(cohort, request, "name")
                && !(request.truthy("hide_behavioral_cohorts") && cohort.path("cohort_type").asText().equals("behavioral"));
    }

    private EmulatorResponse persons(ApiRequest request) {
        ObjectNode cohort = require(request, false);
        return EmulatorResponse.ok(new ListPage(request).uncounted(PersonSerializer.filtered(members(cohort), request),
                person -> PersonSerializer.listed(person, MAX_LISTED_DISTINCT_IDS)));
    }

    private Stream<StoredPerson> members(ObjectNode cohort) {
        return project.persons().stream().filter(person -> project.cohorts().contains(cohort, person));
    }

    private EmulatorResponse update(ApiRequest request) {
        ObjectNode body = request.body();
        ObjectNode cohort = require(request, body.has("deleted"));
        SoftDeletable.patch(cohort, body, TEXTS, FLAGS);
        return EmulatorResponse.ok(toJson(cohort));
    }

    private ObjectNode require(ApiRequest request, boolean alsoDeleted) {
        return project.cohorts().documents().find(request.pathId("id"))
                .filter(cohort -> alsoDeleted || !DocumentStore.isDeleted(cohort)).orElseThrow(ApiException::notFound);
    }

    private ObjectNode toJson(ObjectNode cohort) {
        return cohort.deepCopy().put("count", members(cohort).count());
    }
}
