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
import io.quarkiverse.posthog.emulator.http.Json;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.Person;
import io.quarkiverse.posthog.emulator.store.PropertyFilter;

/** Renders and filters persons. */
final class PersonSerializer {

    private PersonSerializer() {
    }

    /** The form of lists, in which the id is the uuid. */
    static ObjectNode listed(Person person, int maxDistinctIds) {
        ObjectNode json = Json.object().put("type", "person").put("id", person.uuid().toString())
                .put("uuid", person.uuid().toString()).put("created_at", TimestampFormats.zulu(person.createdAt()))
                .put("last_seen_at", lastSeen(person));
        json.set("properties", person.properties());
        json.put("is_identified", person.identified()).put("name", person.name());
        json.set("distinct_ids", Json.array(person.distinctIds().stream().limit(maxDistinctIds).toList()));
        json.set("matched_recordings", Json.array());
        return json.putNull("value_at_data_point");
    }

    /** The form of a single person, in which the id is an integer. */
    static ObjectNode detailed(Person person) {
        ObjectNode json = Json.object().put("id", person.id()).put("name", person.name());
        Comparator<String> identifiedFirst = Comparator.comparing(PersonSerializer::looksAnonymous);
        json.set("distinct_ids", Json.array(person.distinctIds().stream().sorted(identifiedFirst).toList()));
        json.set("properties", person.properties());
        return json.put("created_at", TimestampFormats.zulu(person.createdAt())).put("uuid", person.uuid().toString())
                .put("last_seen_at", lastSeen(person));
    }

    private static String lastSeen(Person person) {
        return person.lastSeenAt() == null ? null : TimestampFormats.zulu(person.lastSeenAt());
    }

    private static boolean looksAnonymous(String distinctId) {
        return ApiRequest.uuid(distinctId).isPresent();
    }

    /** Applies the {@code search} and {@code properties} parameters. */
    static Stream<Person> filtered(Stream<Person> persons, ApiRequest request) {
        Stream<Person> found = request.text("search").map(text -> persons.filter(search(text))).orElse(persons);
        List<PropertyFilter> filters = filters(request);
        return filters.isEmpty() ? found
                : found.filter(person -> filters.stream().allMatch(filter -> filter.matches(person.properties())));
    }

    private static Predicate<Person> search(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return person -> person.distinctIds().contains(text)
                || person.properties().path("email").asText("").toLowerCase(Locale.ROOT).contains(lower);
    }

    private static List<PropertyFilter> filters(ApiRequest request) {
        JsonNode json = request.json("properties").orElseGet(Json::array);
        try {
            List<PropertyFilter> filters = PropertyFilter.list(json);
            // An unsupported operator fails on first use
            filters.forEach(filter -> filter.matches(Json.object()));
            return filters;
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("invalid_input", e.getMessage(), "properties");
        }
    }
}
