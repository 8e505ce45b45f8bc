package io.quarkiverse.posthog.emulator.api;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.StoredPerson;
import io.quarkiverse.posthog.emulator.store.StoredPropertyFilter;

/** Renders and filters persons. */
final class PersonSerializer {

    private PersonSerializer() {
    }

    /** The form of lists, in which the id is the uuid. */
    static ObjectNode listed(StoredPerson person, int maxDistinctIds) {
        ObjectNode json = EmulatorJson.object().put("type", "person").put("id", person.uuid().toString())
                .put("uuid", person.uuid().toString()).put("created_at", TimestampFormats.zulu(person.createdAt()))
                .put("last_seen_at", lastSeen(person));
        json.set("properties", person.properties());
        json.put("is_identified", person.identified()).put("name", person.name());
        json.set("distinct_ids", EmulatorJson.array(person.distinctIds().stream().limit(maxDistinctIds).toList()));
        json.set("matched_recordings", EmulatorJson.array());
        return json.putNull("value_at_data_point");
    }

    /** The form of a single person, in which the id is an integer. */
    static ObjectNode detailed(StoredPerson person) {
        ObjectNode json = EmulatorJson.object().put("id", person.id()).put("name", person.name());
        Comparator<String> identifiedFirst = Comparator.comparing(PersonSerializer::looksAnonymous);
        json.set("distinct_ids", EmulatorJson.array(person.distinctIds().stream().sorted(identifiedFirst).toList()));
        json.set("properties", person.properties());
        return json.put("created_at", TimestampFormats.zulu(person.createdAt())).put("uuid", person.uuid().toString())
                .put("last_seen_at", lastSeen(person));
    }

    private static String lastSeen(StoredPerson person) {
        return person.lastSeenAt() == null ? null : TimestampFormats.zulu(person.lastSeenAt());
    }

    private static boolean looksAnonymous(String distinctId) {
        return ApiRequest.uuid(distinctId).isPresent();
    }

    /** Applies the {@code search} and {@code properties} parameters. */
    static Stream<StoredPerson> filtered(Stream<StoredPerson> persons, ApiRequest request) {
        Stream<StoredPerson> found = request.text("search").map(text -> persons.filter(search(text))).orElse(persons);
        List<StoredPropertyFilter> filters = filters(request);
        return filters.isEmpty() ? found
                : found.filter(person -> filters.stream().allMatch(filter -> filter.matches(person.properties())));
    }

    private static Predicate<StoredPerson> search(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return person -> person.distinctIds().contains(text)
                || person.properties().path("email").asText("").toLowerCase(Locale.ROOT).contains(lower);
    }

    private static List<StoredPropertyFilter> filters(ApiRequest request) {
        JsonNode json = request.json("properties").orElseGet(EmulatorJson::array);
        try {
            List<StoredPropertyFilter> filters = StoredPropertyFilter.list(json);
            // An unsupported operator fails on first use
            filters.forEach(filter -> filter.matches(EmulatorJson.object()));
            return filters;
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("invalid_input", e.getMessage(), "properties");
        }
    }
}
