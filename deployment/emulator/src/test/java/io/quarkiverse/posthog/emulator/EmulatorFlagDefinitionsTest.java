package io.quarkiverse.posthog.emulator;

import static io.quarkiverse.posthog.emulator.FlagsClient.evaluatesTo;
import static io.quarkiverse.posthog.emulator.FlagsClient.json;
import static io.quarkiverse.posthog.emulator.FlagsClient.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.emulator.EmulatorClient.Answer;

/** The endpoint that delivers definitions. */
class EmulatorFlagDefinitionsTest extends EmulatorTestBase {

    private static final String DEFINITIONS = "/flags/definitions?token=phc_emulator&send_cohorts";
    private static final String OLDER = "/api/feature_flag/local_evaluation/?token=phc_emulator&send_cohorts";

    private FlagsClient flags;
    private EmulatorClient secure;

    @BeforeAll
    void connect() {
        flags = new FlagsClient(client);
        secure = client.withKey(emulator.secureKey());
    }

    @Test
    void aDefinitionIsTheFlagAsEvaluatorsNeedIt() {
        String groups = "'groups': [{'properties': [], 'rollout_percentage': 20}]";
        long id = flags.createWith("a", groups + ", 'payloads': {'true': 1}",
                ", 'name': 'A', 'evaluation_contexts': ['web']");

        assertThat(definitions().at("/flags/0")).isEqualTo(tree("{'id': " + id + ", 'team_id': 1, 'name': 'A',"
                + " 'key': 'a', 'filters': {" + groups + ", 'payloads': {'true': '1'}, 'multivariate': null},"
                + " 'deleted': false, 'active': true, 'ensure_experience_continuity': false,"
                + " 'has_encrypted_payloads': false, 'version': 1, 'evaluation_runtime': 'all',"
                + " 'bucketing_identifier': 'distinct_id', 'evaluation_contexts': ['web'], 'has_experiment': false}"));
    }

    @ParameterizedTest
    @ValueSource(strings = { DEFINITIONS, OLDER, "/flags/definitions/?token=phc_emulator",
            "/api/feature_flag/local_evaluation" })
    void theyAreDeliveredAtBothPlaces(String path) {
        flags.create("a");

        for (EmulatorClient holder : new EmulatorClient[] { client, secure }) {
            Answer answer = holder.fetch(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json()).isEqualTo(definitions());
            assertThat(answer.header("Cache-Control")).contains("private, must-revalidate");
        }
    }

    @Test
    void whatIsOffIsThereAndWhatIsDeletedIsNot() {
        long off = flags.create("off");
        client.post("/feature_flags/" + off + "/disable/", null);
        flags.change(flags.create("deleted"), "{'deleted': true}");

        assertThat(definitions().get("flags")).hasSize(1);
        assertThat(definitions().at("/flags/0/active").booleanValue()).isFalse();
    }

    @Test
    void remoteConfigurationIsNotDelivered() {
        flags.createWith("open", "'groups': [{'properties': []}]", ", 'is_remote_configuration': true");
        flags.createWith("secret", "'groups': [{'properties': []}]",
                ", 'is_remote_configuration': true, 'has_encrypted_payloads': true");

        assertThat(definitions().get("flags")).isEmpty();
    }

    @Test
    void dependenciesAreNamedInTheOrderToEvaluateThemIn() {
        long base = flags.create("z-base");
        long middle = flags.create("y-middle", evaluatesTo(base, "true"));
        flags.create("a-top", evaluatesTo(middle, "true"));

        JsonNode top = definitions().at("/flags/0/filters/groups/0/properties/0");
        assertThat(top.get("key").textValue()).isEqualTo("y-middle");
        assertThat(top.get("dependency_chain")).hasToString(json("['z-base','y-middle']"));
        assertThat(client.get("/feature_flags/?key=a-top").json().at("/results/0/filters/groups/0/properties/0/key")
                .textValue()).isEqualTo(Long.toString(middle));
    }

    @Test
    void cohortsThatFlagsReferToAreDeliveredUnlessTheyAreStatic() {
        client.control("POST", "/reset?seed=true", null);
        flags.create("beta", member(3, "in"));

        assertThat(definitions().get("cohorts").fieldNames()).toIterable().containsExactly("1");
        assertThat(definitions().at("/cohorts/1/type").textValue()).isEqualTo("OR");
    }

    @Test
    void typesOfGroupsAreNamedByTheirIndex() {
        flags.capture("clicked", "ada", "{'$groups': {'company': 'acme', 'team': 'blue'}}");

        assertThat(definitions().get("group_type_mapping")).hasToString(json("{'0':'company','1':'team'}"));
    }

    @Test
    void unchangedDefinitionsAreNotSentAgain() {
        flags.create("a");
        Answer first = secure.fetch(DEFINITIONS);
        String etag = first.header("ETag").orElseThrow();

        assertThat(etag).matches("W/\"[0-9a-f]{32}\"");
        for (String known : new String[] { etag, etag.substring(2) }) {
            Answer second = secure.send("GET", DEFINITIONS, null, Map.of("If-None-Match", known));
            assertThat(second.status()).isEqualTo(304);
            assertThat(second.header("ETag")).contains(etag);
        }
        assertThat(secure.send("GET", DEFINITIONS, null, Map.of("If-None-Match", "W/\"other\"")).status())
                .isEqualTo(200);
    }

    @Test
    void whateverChangesThemChangesTheirTag() {
        client.control("POST", "/reset?seed=true", null);
        String before = etag();
        long id = flags.create("a");
        before = changed(before);
        flags.change(id, "{'name': 'new'}");
        before = changed(before);
        client.post("/feature_flags/" + id + "/disable/", null);
        before = changed(before);
        flags.change(id, "{'deleted': true}");
        before = changed(before);
        flags.capture("clicked", "ada", "{'$groups': {'team': 'a'}}");
        before = changed(before);
        client.patch("/cohorts/1/", "{\"deleted\": true}");
        before = changed(before);
        client.control("PUT", "/flags/hero-banner", "{\"value\": true}");
        before = changed(before);
        client.control("PUT", "/settings", "{\"flags\": {\"minimalCalledEvents\": true}}");
        before = changed(before);
        client.control("PUT", "/settings", "{\"flags\": {\"propertyMatchingVersion\": 2}}");
        changed(before);
    }

    @Test
    void whatOtherResourcesDoLeavesTheTagAlone() {
        client.control("POST", "/reset?seed=true", null);
        String before = etag();
        client.patch("/cohorts/2/", "{\"name\": \"no flag refers to it\"}");
        flags.identify("ada", "{'plan': 'free'}");

        assertThat(etag()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = { "none|401|not_authenticated|credentials were not provided",
            "phx_wrong|401|authentication_failed|Personal API key is invalid",
            "phs_wrong|401|authentication_failed|Secret API token is invalid",
            "phc_emulator|401|authentication_failed|Personal API key is invalid",
            "phx_events|403|permission_denied|feature_flag:read" })
    void othersAreRefused(String key, int status, String code, String detail) {
        client.control("POST", "/keys", "{\"key\": \"phx_events\", \"scopes\": [\"query:read\"]}");

        for (String path : new String[] { DEFINITIONS, OLDER }) {
            Answer answer = client.withKey(key).fetch(path);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.text("code")).isEqualTo(code);
            assertThat(answer.text("detail")).contains(detail);
        }
    }

    @Test
    void theProjectHasToBeNamedAndKnown() {
        assertThat(secure.fetch("/flags/definitions").status()).isEqualTo(400);
        assertThat(secure.fetch("/flags/definitions?token=phc_other").status()).isEqualTo(401);
        assertThat(secure.fetch("/api/feature_flag/local_evaluation?token=phc_other").status()).isEqualTo(401);
    }

    @Test
    void theSecureKeyIsForDefinitionsAndRemoteConfigurationOnly() {
        long id = flags.createWith("config", "'groups': [{'properties': []}], 'payloads': {'true': {'retries': 3}}",
                ", 'is_remote_configuration': true");

        assertThat(secure.get("/feature_flags/config/remote_config/?token=phc_emulator").json().textValue())
                .isEqualTo("{\"retries\":3}");
        assertThat(secure.get("/feature_flags/" + id + "/").status()).isEqualTo(401);
        assertThat(secure.get("/persons/").status()).isEqualTo(401);
    }

    @Test
    void tooManyRequestsAreThrottled() {
        client.control("PUT", "/settings", "{\"rateLimits\": {\"flagDefinitions\": {\"burst\": 1}}}");
        secure.fetch(DEFINITIONS);

        Answer answer = secure.fetch(DEFINITIONS);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.text("code")).isEqualTo("rate_limit_exceeded");
    }

    @ParameterizedTest
    @CsvSource({ "401,authentication_failed", "402,payment_required", "403,permission_denied", "429,rate_limit_exceeded",
            "500,internal server error", "503,currently unavailable" })
    void faultsHaveTheFormOfTheService(int status, String text) {
        client.control("POST", "/faults", "{\"path\": \"/flags\", \"times\": 2, \"status\": " + status + "}");

        assertThat(secure.fetch(DEFINITIONS).body()).contains(text);
        Answer answer = flags.ask("ada", "");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains(text);
        assertThat(flags.ask("ada", "").status()).isEqualTo(200);
    }

    @Test
    void connectionsMayBeDropped() {
        client.control("POST", "/faults", "{\"path\": \"/flags/definitions\", \"dropConnection\": true, \"times\": 9}");

        assertThatThrownBy(() -> secure.fetch(DEFINITIONS)).isInstanceOf(UncheckedIOException.class);
        assertThat(flags.ask("ada", "").status()).isEqualTo(200);
    }

    private JsonNode definitions() {
        return client.fetch(DEFINITIONS).json();
    }

    private String etag() {
        return client.fetch(DEFINITIONS).header("ETag").orElseThrow();
    }

    private String changed(String before) {
        String now = etag();
        assertThat(now).isNotEqualTo(before);
        return now;
    }

    private static JsonNode tree(String text) {
        return new Answer(200, Map.of(), json(text)).json();
    }
}
