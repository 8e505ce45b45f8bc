package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

/** The definitions of the events and properties that were stored. */
class EmulatorDefinitionsTest extends EmulatorTestBase {

    @Test
    void eachEventHasADefinitionThatCanBeDescribed() {
        addEvent(1, "viewed", "a", minutesAgo(3), "{}");
        addEvent(2, "placed", "a", minutesAgo(2), "{}");
        addEvent(3, "viewed", "b", minutesAgo(1), "{}");

        assertThat(client.get("/event_definitions/").each("name")).containsExactly("placed", "viewed");
        JsonNode viewed = client.get("/event_definitions/?search=VIEW").results().get(0);
        String path = "/event_definitions/" + viewed.get("id").asText() + "/";
        assertThat(client.patch(path, "{\"description\": \"A page\"}").text("description")).isEqualTo("A page");
        assertThat(client.get("/event_definitions/").each("description")).containsExactly("", "A page");
        assertThat(client.get(path).text("name")).isEqualTo("viewed");
    }

    @Test
    void aPropertyHasTheTypeOfItsFirstValue() {
        addEvent(1, "viewed", "a", minutesAgo(3), """
                {"n": 1.5, "s": "x", "b": true, "t": "2026-03-01T10:00:00Z", "list": [1], "mixed": "7", "late": null}""");
        addEvent(2, "viewed", "a", minutesAgo(2), "{\"mixed\": 7, \"late\": 7, \"text\": \"True\"}");

        assertThat(type("n")).isEqualTo("Numeric");
        assertThat(type("s")).isEqualTo("String");
        assertThat(type("b")).isEqualTo("Boolean");
        assertThat(type("t")).isEqualTo("DateTime");
        assertThat(type("list")).isEqualTo("null");
        assertThat(type("mixed")).isEqualTo("String");
        assertThat(type("late")).isEqualTo("Numeric");
        assertThat(type("text")).isEqualTo("Boolean");
    }

    @Test
    void anUnknownDefinitionIsNotFound() {
        assertThat(client.get("/event_definitions/" + uuid(7) + "/").status()).isEqualTo(404);
        assertThat(client.patch("/property_definitions/" + uuid(7) + "/", "{}").status()).isEqualTo(404);
    }

    private String type(String property) {
        for (JsonNode definition : client.get("/property_definitions/").results()) {
            if (definition.get("name").asText().equals(property)) {
                return definition.get("property_type").asText();
            }
        }
        throw new AssertionError("no definition of " + property);
    }
}
