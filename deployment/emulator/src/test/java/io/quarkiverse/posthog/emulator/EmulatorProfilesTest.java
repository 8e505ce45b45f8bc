package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What events do to persons and groups. */
class EmulatorProfilesTest extends EmulatorTestBase {

    @Test
    void setEventChangesThePerson() {
        capture("$set", "user-1", "{\"$set\": {\"plan\": \"pro\"}, \"$set_once\": {\"plan\": \"free\", \"from\": \"ad\"}}");
        assertThat(client.get("/persons/").results().at("/0/properties").toString())
                .isEqualTo("{\"plan\":\"pro\",\"from\":\"ad\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = { "$identify", "$create_alias", "$merge_dangerously", "$groupidentify" })
    void eventAboutProfilesIsLostWithoutOne(String event) {
        capture(event, "user-1", "{\"$process_person_profile\": false}");
        assertThat(client.get("/events/").results()).isEmpty();
    }

    @Test
    void eventWithoutProfileLosesPersonProperties() {
        capture("viewed", "user-1", "{\"$process_person_profile\": false, \"$set\": {\"a\": 1}, \"n\": 1}");
        assertThat(client.get("/events/").results().at("/0/properties").toString())
                .isEqualTo("{\"$process_person_profile\":false,\"n\":1}");
    }

    @Test
    void onlyFalseItselfSwitchesTheProfileOff() {
        capture("viewed", "user-1", "{\"$process_person_profile\": \"false\"}");
        assertThat(client.get("/persons/").results()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({ "user-1,null", "Guest,user-2" })
    void placeholdersAreNotMerged(String distinctId, String alias) {
        capture("$create_alias", distinctId, "{\"alias\": \"" + alias + "\"}");
        assertThat(client.get("/persons/").results().at("/0/distinct_ids")).hasSize(1);
    }

    @Test
    void groupIsIdentified() {
        capture("$groupidentify", "user-1",
                "{\"$group_type\": \"company\", \"$group_key\": \"acme\", \"$group_set\": {\"plan\": \"free\", \"size\": 3}}");
        capture("$groupidentify", "user-1",
                "{\"$group_type\": \"company\", \"$group_key\": \"acme\", \"$group_set\": {\"plan\": \"pro\"}}");
        capture("$groupidentify", "user-1", "{\"$group_type\": \"team\", \"$group_key\": \"t\"}");
        assertThat(client.control("GET", "/groups", null).body())
                .isEqualTo("{\"company\":{\"acme\":{\"plan\":\"pro\",\"size\":3}},\"team\":{\"t\":{}}}");
        client.control("POST", "/reset", null);
        assertThat(client.control("GET", "/groups", null).json()).isEmpty();
    }

    @Test
    void projectHasFiveTypesOfGroups() {
        for (int i = 0; i < 7; i++) {
            capture("$groupidentify", "user-1", "{\"$group_type\": \"type-" + i + "\", \"$group_key\": \"k\"}");
        }
        assertThat(client.control("GET", "/groups", null).json()).hasSize(5);
    }

    private void capture(String event, String distinctId, String properties) {
        assertThat(client.capture("/capture/", """
                {"api_key": "phc_emulator", "event": "%s", "distinct_id": "%s", "properties": %s}"""
                .formatted(event, distinctId, properties)).status()).isEqualTo(200);
    }
}
