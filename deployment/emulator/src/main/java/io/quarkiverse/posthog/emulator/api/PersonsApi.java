package io.quarkiverse.posthog.emulator.api;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.ApiRoutes;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.ListPage;
import io.quarkiverse.posthog.emulator.http.RateLimitGroup;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StoredPerson;

/** Persons, the one resource that really can be deleted. */
public final class PersonsApi {

    private static final int MAX_LISTED_DISTINCT_IDS = 1000;
    private static final int MAX_BULK = 1000;

    private final Project project;

    public PersonsApi(Project project) {
        this.project = project;
    }

    public void addTo(ApiRoutes routes) {
        routes.resource(RateLimitGroup.PERSON_DELETE, "person:write")
                .post("/persons/bulk_delete", this::bulkDelete)
                .on("DELETE", "/persons/:id", this::delete);
        routes.resource(RateLimitGroup.PERSONS, "person:read")
                .get("/persons", this::list)
                .get("/persons/:id", this::get);
    }

    private EmulatorResponse list(ApiRequest request) {
        ObjectNode page = new ListPage(request).uncounted(found(request),
                person -> PersonSerializer.listed(person, MAX_LISTED_DISTINCT_IDS));
        if (request.truthy("include_total")) {
            page.put("count", found(request).count());
        }
        return EmulatorResponse.ok(page);
    }

    private Stream<StoredPerson> found(ApiRequest request) {
        Stream<StoredPerson> persons = request.text("distinct_id").map(id -> project.persons().byDistinctId(id).stream())
                .orElseGet(() -> project.persons().stream());
        Stream<StoredPerson> filtered = PersonSerializer.filtered(persons, request);
        return request.text("email")
                .map(email -> filtered.filter(person -> person.properties().path("email").asText("").equals(email)))
                .orElse(filtered);
    }

    private EmulatorResponse get(ApiRequest request) {
        return EmulatorResponse.ok(PersonSerializer.detailed(require(request)));
    }

    private StoredPerson require(ApiRequest request) {
        String id = request.path("id");
        OptionalLong number = ApiRequest.integer(id);
        if (number.isPresent()) {
            return project.persons().byId(number.getAsLong()).orElseThrow(ApiException::notFound);
        }
        return ApiRequest.uuid(id).map(uuid -> project.persons().byUuid(uuid).orElseThrow(ApiException::notFound))
                .orElseThrow(() -> ApiException.invalid("The ID provided does not look like a personID. "
                        + "If you are using a distinctId, please use the ?distinct_id= parameter of the list instead."));
    }

    /** The parameters are set if they are present, even with the value {@code false}. */
    private EmulatorResponse delete(ApiRequest request) {
        delete(require(request), request.present("delete_events"), request.present("keep_person"));
        return EmulatorResponse.empty(202);
    }

    private EmulatorResponse bulkDelete(ApiRequest request) {
        ObjectNode body = request.body();
        Set<StoredPerson> persons = new LinkedHashSet<>();
        if (body.has("ids")) {
            texts(body, "ids").map(id -> ApiRequest.uuid(id).flatMap(project.persons()::byUuid))
                    .flatMap(Optional::stream).forEach(persons::add);
        } else if (body.has("distinct_ids")) {
            texts(body, "distinct_ids").map(project.persons()::byDistinctId).flatMap(Optional::stream)
                    .forEach(persons::add);
        } else {
            throw ApiException.invalid("You need to specify either distinct_ids or ids");
        }
        boolean deleteEvents = body.path("delete_events").asBoolean(false);
        boolean keepPerson = body.path("keep_person").asBoolean(false);
        persons.forEach(person -> delete(person, deleteEvents, keepPerson));
        ObjectNode result = EmulatorJson.object().put("persons_found", persons.size())
                .put("persons_deleted", keepPerson ? 0 : persons.size())
                .put("events_queued_for_deletion", deleteEvents)
                .put("recordings_queued_for_deletion", body.path("delete_recordings").asBoolean(false));
        result.set("deletion_errors", EmulatorJson.array());
        return EmulatorResponse.of(202, result);
    }

    private static Stream<String> texts(ObjectNode body, String field) {
        JsonNode values = body.get(field);
        if (!values.isArray()) {
            throw ApiException.invalid("invalid_input", "Expected a list of items.", field);
        } else if (values.size() > MAX_BULK) {
            throw ApiException.invalid("invalid_input", "You can only pass " + MAX_BULK + " " + field + " in one call",
                    field);
        }
        return values.valueStream().map(JsonNode::asText);
    }

    private void delete(StoredPerson person, boolean withEvents, boolean keepPerson) {
        if (withEvents) {
            project.events().removeIf(event -> person.distinctIds().contains(event.distinctId()));
        }
        if (!keepPerson) {
            project.persons().delete(person);
        }
    }
}
