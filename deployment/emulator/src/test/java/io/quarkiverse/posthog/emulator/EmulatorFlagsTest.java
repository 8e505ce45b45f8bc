package io.quarkiverse.posthog.emulator;

import static io.quarkiverse.posthog.emulator.FlagsClient.evaluatesTo;
import static io.quarkiverse.posthog.emulator.FlagsClient.json;
import static io.quarkiverse.posthog.emulator.FlagsClient.member;
import static io.quarkiverse.posthog.emulator.FlagsClient.property;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

/** The endpoint that evaluates flags. */
class EmulatorFlagsTest extends EmulatorTestBase {

    private static final String ADA = "{'token': 'phc_emulator', 'distinct_id': 'ada'}";
    private static final String IN_PRO = property("plan", "exact", "'pro'");

    private FlagsClient flags;

    @BeforeAll
    void connect() {
        flags = new FlagsClient(client);
    }

    @Test
    void aFlagComesWithItsReasonAndWhatIsKnownOfIt() {
        long id = flags.createWith("banner",
                "'groups': [{'properties': [" + IN_PRO + "]}, {'properties': [], 'variant': 'blue'}],"
                        + " 'multivariate': {'variants': [{'key': 'red', 'rollout_percentage': 50},"
                        + " {'key': 'blue', 'rollout_percentage': 50}]}, 'payloads': {'blue': {'size': 3}}",
                "");

        assertThat(flags.flags("ada", "").get("banner")).hasToString(json("{'key':'banner','enabled':true,"
                + "'variant':'blue','reason':{'code':'condition_match','condition_index':1,"
                + "'description':'Matched condition set 2'},'metadata':{'id':" + id + ",'version':1,'description':null,"
                + "'payload':'{~size~:3}','has_experiment':false}}").replace("~", "\\\""));
    }

    @Test
    void whereFlagsAreDisabledOnlyTheTokenIsLookedAt() {
        flags.create("banner");

        var known = flags.post("/flags/?v=2", "{'token': 'phc_emulator', 'disable_flags': true}");
        assertThat(known.status()).isEqualTo(200);
        assertThat(known.json().get("flags")).isEmpty();
        assertThat(flags.post("/flags/?v=2", "{'token': 'phc_other', 'disable_flags': true}").status()).isEqualTo(401);
    }

    @Test
    void aFlagThatIsOffTellsWhy() {
        flags.create("targeted", IN_PRO);
        flags.createWith("nobody", "'groups': [{'properties': [], 'rollout_percentage': 0}]", "");

        var answer = flags.flags("ada", "");
        assertThat(answer.at("/targeted/enabled").booleanValue()).isFalse();
        assertThat(answer.at("/targeted/reason")).hasToString(json("{'code':'no_condition_match','condition_index':null,"
                + "'description':'No matching condition set'}"));
        assertThat(answer.at("/nobody/reason")).hasToString(json("{'code':'out_of_rollout_bound','condition_index':0,"
                + "'description':'Out of rollout bound'}"));
    }

    @Test
    void anAnswerTellsWhichAndWhenItIs() {
        String id = "0194aaaa-7777-7000-8000-000000000001";
        var answer = client.withKey(null).send("POST", "/flags/?v=2", json(ADA), Map.of("X-Request-Id", id)).json();

        assertThat(answer.get("requestId").textValue()).isEqualTo(id);
        assertThat(answer.get("evaluatedAt").longValue()).isBetween(System.currentTimeMillis() - 60_000,
                System.currentTimeMillis() + 1000);
        assertThat(answer.get("errorsWhileComputingFlags").booleanValue()).isFalse();
        assertThat(flags.ask("ada", "").text("requestId")).isNotEqualTo(id);
    }

    @Test
    void theOlderFormHasValuesAndPayloads() {
        flags.createWith("on", "'groups': [{'properties': []}], 'payloads': {'true': {'a': 1}}", "");
        flags.create("off", IN_PRO);

        var answer = flags.post("/flags/", ADA).json();
        assertThat(answer.get("featureFlags")).hasToString(json("{'off':false,'on':true}"));
        assertThat(answer.at("/featureFlagPayloads/on").textValue()).isEqualTo("{\"a\":1}");
        assertThat(answer.get("featureFlagPayloads")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = { "|[\"on\"]", "?v=1|[\"on\"]", "?v=2|{\"on\":true}",
            "?v=3|{\"off\":false,\"on\":true}" })
    void decideAnswersAsItDidInEachVersion(String query, String expected) {
        flags.create("on");
        flags.create("off", IN_PRO);

        assertThat(flags.post("/decide/" + (query == null ? "" : query), ADA).json().get("featureFlags"))
                .hasToString(expected);
    }

    @Test
    void decideOfVersion4IsThatOfToday() {
        flags.create("on");

        assertThat(flags.post("/decide/?v=4", ADA).json().at("/flags/on/enabled").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = { "{'distinct_id': 'ada'}|401|not_authenticated",
            "{'token': 'phc_other', 'distinct_id': 'ada'}|401|authentication_failed",
            "{'token': 'phx_emulator', 'distinct_id': 'ada'}|401|authentication_failed",
            "{'token': 'phc_emulator'}|400|distinct_id field is missing", "[]|400|not a JSON object",
            "|400|not a JSON object",
            "{'token': 'phc_emulator', 'distinct_id': 'ada', 'groups': []}|400|'groups' is not an object",
            "{'token': 'phc_emulator', 'distinct_id': 'ada', 'flag_keys_to_evaluate': 'a'}|400|is not an array" })
    void badRequestsAreRefused(String body, int status, String problem) {
        var answer = flags.post("/flags/?v=2", body == null ? "" : body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains(problem);
    }

    @Test
    void tokenAndIdMayHaveOtherForms() {
        flags.create("on", property("distinct_id", "exact", "'42'"));

        var answer = flags.post("/flags/?v=2", "{'api_key': 'phc_emulator', 'distinct_id': 42}");
        assertThat(answer.json().at("/flags/on/enabled").booleanValue()).isTrue();
    }

    @Test
    void aBodyMayBePacked() throws IOException {
        flags.create("on");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(json(ADA).getBytes(StandardCharsets.UTF_8));
        }

        var answer = client.withKey(null).sendBody("POST", "/flags/?v=2",
                BodyPublishers.ofByteArray(packed.toByteArray()), Map.of("Content-Encoding", "gzip"));
        assertThat(answer.json().at("/flags/on/enabled").booleanValue()).isTrue();
    }

    @Test
    void onlyTheFlagsAskedForAreThere() {
        flags.create("a");
        flags.create("b");

        assertThat(flags.flags("ada", "").fieldNames()).toIterable().containsExactly("a", "b");
        assertThat(flags.flags("ada", ", 'flag_keys_to_evaluate': ['b', 'missing']").fieldNames()).toIterable()
                .containsExactly("b");
    }

    @Test
    void aFlagWithContextsIsForTheseOnly() {
        flags.create("a");
        flags.createWith("b", "'groups': [{'properties': []}]", ", 'evaluation_contexts': ['checkout']");

        assertThat(flags.flags("ada", ", 'evaluation_contexts': ['search']")).hasSize(1);
        assertThat(flags.flags("ada", ", 'evaluation_contexts': ['search', 'checkout']")).hasSize(2);
        assertThat(flags.flags("ada", "")).hasSize(2);
    }

    @Test
    void aFlagForServersOrClientsIsForTheseOnly() {
        flags.create("both");
        flags.createWith("client", "'groups': [{'properties': []}]", ", 'evaluation_runtime': 'client'");
        flags.createWith("server", "'groups': [{'properties': []}]", ", 'evaluation_runtime': 'server'");

        assertThat(flags.flags("ada", ", 'evaluation_runtime': 'server'").fieldNames()).toIterable()
                .containsExactlyInAnyOrder("both", "server");
        assertThat(flags.flags("ada", ", 'evaluation_runtime': 'client'").fieldNames()).toIterable()
                .containsExactlyInAnyOrder("both", "client");
        assertThat(flags.flags("ada", ", 'evaluation_runtime': 'all'")).hasSize(3);
        assertThat(flags.flags("ada", "").fieldNames()).toIterable().as("for who does not say what it is")
                .containsExactly("both");
    }

    @Test
    void propertiesOfThePersonAreKnown() {
        flags.create("pro", IN_PRO);
        flags.identify("ada", "{'plan': 'pro'}");

        assertThat(flags.value("pro", "ada")).isEqualTo(true);
        assertThat(flags.value("pro", "ben")).isEqualTo(false);
    }

    @Test
    void propertiesOfTheRequestCountMore() {
        flags.create("pro", IN_PRO, property("country", "exact", "'DE'"));
        flags.identify("ada", "{'plan': 'free', 'country': 'DE'}");

        assertThat(flags.value("pro", "ada", ", 'person_properties': {'plan': 'pro'}")).isEqualTo(true);
        assertThat(flags.value("pro", "ada")).isEqualTo(false);
    }

    @Test
    void whatNobodyKnowsDoesNotExist() {
        flags.create("is-not", property("plan", "is_not", "'pro'"));
        flags.create("is-not-set", property("plan", "is_not_set", "null"));
        flags.create("is-set", property("plan", "is_set", "null"));

        assertThat(flags.value("is-not", "ada")).isEqualTo(true);
        assertThat(flags.value("is-not-set", "ada")).isEqualTo(true);
        assertThat(flags.value("is-set", "ada")).isEqualTo(false);
    }

    @Test
    void groupsAreKnownByTheirTypeAndKey() {
        flags.capture("$groupidentify", "ada",
                "{'$group_type': 'company', '$group_key': 'acme', '$group_set': {'tier': 'gold', 'size': 5}}");
        flags.createWith("gold", "'aggregation_group_type_index': 0, 'groups': [{'properties': [{'key': 'tier',"
                + " 'type': 'group', 'group_type_index': 0, 'operator': 'exact', 'value': 'gold'}]}]", "");

        assertThat(flags.value("gold", "ada", ", 'groups': {'company': 'acme'}")).isEqualTo(true);
        assertThat(flags.value("gold", "ada", ", 'groups': {'company': 'other'}")).isEqualTo(false);
        assertThat(flags.value("gold", "ada", ", 'groups': {'company': 'other'},"
                + " 'group_properties': {'company': {'tier': 'gold'}}")).isEqualTo(true);
        assertThat(flags.value("gold", "ada", ", 'groups': {'company': 'acme'},"
                + " 'group_properties': {'company': {'tier': 'tin'}}")).isEqualTo(false);
        assertThat(flags.flags("ada", "").at("/gold/reason/code").textValue()).isEqualTo("no_group_type");
    }

    @Test
    void aTypeOfGroupsIsKnownFromTheFirstEventThatNamesIt() {
        flags.createWith("of-teams", "'aggregation_group_type_index': 1, 'groups': [{'properties': []}]", "");
        flags.capture("clicked", "ada", "{'$groups': {'company': 'acme', 'team': 'blue'}}");

        assertThat(flags.value("of-teams", "ada", ", 'groups': {'team': 'blue'}")).isEqualTo(true);
        assertThat(client.get("/").json().at("/group_types/1/group_type").textValue()).isEqualTo("team");
    }

    @Test
    void membersOfCohortsAreKnown() {
        client.control("POST", "/reset?seed=true", null);
        flags.create("in-static", member(3, "in"));
        flags.create("not-in-static", member(3, "not_in"));
        flags.create("in-dynamic", member(2, "in"));

        assertThat(flags.value("in-static", "finn")).isEqualTo(true);
        assertThat(flags.value("in-static", "ben")).isEqualTo(false);
        assertThat(flags.value("not-in-static", "finn")).isEqualTo(false);
        assertThat(flags.value("not-in-static", "nobody")).isEqualTo(true);
        assertThat(flags.value("in-dynamic", "ada")).isEqualTo(true);
        assertThat(flags.value("in-dynamic", "nobody")).isEqualTo(false);
        assertThat(flags.value("in-dynamic", "nobody", ", 'person_properties': {'country': 'DE'}")).isEqualTo(true);
    }

    @Test
    void aFlagOfADeletedCohortFailsAlone() {
        client.control("POST", "/reset?seed=true", null);
        flags.create("beta", member(3, "in"));
        client.patch("/cohorts/3/", "{\"deleted\": true}");

        var answer = flags.ask("ada", "").json();
        assertThat(answer.get("errorsWhileComputingFlags").booleanValue()).isTrue();
        assertThat(answer.at("/flags/beta/failed").booleanValue()).isTrue();
        assertThat(answer.at("/flags/beta/enabled").booleanValue()).isFalse();
        assertThat(answer.at("/flags/beta/reason/code").textValue()).isEqualTo("dependency_not_found_cohort");
        assertThat(answer.at("/flags/vip-discount").has("failed")).isFalse();
    }

    @Test
    void whatIsChangedIsSeenAtOnce() {
        long id = flags.create("a");
        assertThat(flags.value("a", "ada")).isEqualTo(true);

        flags.change(id, "{'filters': {'groups': [{'properties': [], 'rollout_percentage': 0}]}}");
        assertThat(flags.value("a", "ada")).isEqualTo(false);

        client.post("/feature_flags/" + id + "/disable/", null);
        assertThat(flags.value("a", "ada")).isNull();

        client.post("/feature_flags/" + id + "/enable/", null);
        assertThat(flags.value("a", "ada")).isEqualTo(false);

        flags.change(id, "{'deleted': true}");
        assertThat(flags.value("a", "ada")).isNull();
    }

    @Test
    void version3HasTypedValues() {
        flags.create("on");
        flags.create("off", IN_PRO);
        flags.createWith("layout", "'groups': [{'properties': []}], 'multivariate': {'variants': [{'key': 'compact', "
                + "'rollout_percentage': 100}]}, 'payloads': {'compact': '[2]'}", "");

        JsonNode typed = flags.post("/flags/?v=3", "{'token': 'phc_emulator', 'distinct_id': 'ada'}").json().get("flags");

        assertThat(typed.at("/on/value").booleanValue()).isTrue();
        assertThat(typed.at("/off/value").isBoolean()).isTrue();
        assertThat(typed.at("/layout/value").textValue()).isEqualTo("compact");
        assertThat(typed.get("layout").fieldNames()).toIterable().containsExactly("key", "value", "reason", "metadata");
        assertThat(typed.at("/layout/metadata/config_version").intValue()).isEqualTo(1);
        assertThat(typed.at("/layout/metadata/variant_key").textValue()).isEqualTo("compact");
        assertThat(typed.at("/layout/metadata/payload").textValue()).isEqualTo("[2]");
        assertThat(typed.at("/layout/reason/condition_index").intValue()).isZero();
    }

    @Test
    void dependenciesAreEvaluatedFirst() {
        long base = flags.create("z-base", IN_PRO);
        long middle = flags.create("a-middle", evaluatesTo(base, "true"));
        flags.create("b-top", evaluatesTo(middle, "true"));
        flags.create("c-opposite", evaluatesTo(base, "false"));

        assertThat(flags.value("b-top", "ada", ", 'person_properties': {'plan': 'pro'}")).isEqualTo(true);
        assertThat(flags.value("b-top", "ada")).isEqualTo(false);
        assertThat(flags.value("c-opposite", "ada")).isEqualTo(true);

        client.post("/feature_flags/" + base + "/disable/", null);
        assertThat(flags.value("b-top", "ada", ", 'person_properties': {'plan': 'pro'}")).isEqualTo(false);
        assertThat(flags.value("c-opposite", "ada")).isEqualTo(true);
    }

    @Test
    void devicesHaveTheirShare() {
        flags.createWith("simple-flag", "'groups': [{'properties': [], 'rollout_percentage': 45}]",
                ", 'bucketing_identifier': 'device_id'");

        assertThat(flags.value("simple-flag", "distinct_id_1", ", '$device_id': 'distinct_id_0'")).isEqualTo(false);
        assertThat(flags.value("simple-flag", "distinct_id_0", ", 'device_id': 'distinct_id_1'")).isEqualTo(true);
        assertThat(flags.value("simple-flag", "distinct_id_0", ", 'person_properties': {'$device_id': 'distinct_id_1'}"))
                .isEqualTo(true);
        assertThat(flags.value("simple-flag", "distinct_id_1")).isEqualTo(false);
    }

    @Test
    void aFlagKeepsItsValueWhenSomebodyLogsIn() {
        flags.createWith("simple-flag", "'groups': [{'properties': [], 'rollout_percentage': 45}]",
                ", 'ensure_experience_continuity': true");
        assertThat(flags.value("simple-flag", "distinct_id_1")).isEqualTo(true);
        assertThat(flags.value("simple-flag", "distinct_id_0")).isEqualTo(false);

        flags.capture("$pageview", "distinct_id_1", "{}");
        assertThat(flags.value("simple-flag", "distinct_id_0", ", '$anon_distinct_id': 'distinct_id_1'"))
                .isEqualTo(true);
        assertThat(flags.value("simple-flag", "distinct_id_0")).as("nobody knows yet who that is").isEqualTo(false);

        flags.capture("$identify", "distinct_id_0", "{'$anon_distinct_id': 'distinct_id_1'}");
        assertThat(flags.value("simple-flag", "distinct_id_0")).isEqualTo(true);
        assertThat(flags.value("simple-flag", "distinct_id_0", ", '$anon_distinct_id': 'another'")).isEqualTo(true);
    }

    @Test
    void thoseHeldOutAndThoseWhoHaveChosenAreSetApart() {
        flags.createWith("held",
                "'groups': [{'properties': []}], 'holdout': {'id': 4, 'exclusion_percentage': 100}", "");
        flags.createWith("early",
                "'groups': [{'properties': [], 'rollout_percentage': 0}], 'feature_enrollment': true", "");

        assertThat(flags.value("held", "ada")).isEqualTo("holdout-4");
        assertThat(flags.value("early", "ada")).isEqualTo(false);
        assertThat(flags.value("early", "ada", ", 'person_properties': {'$feature_enrollment/early': true}"))
                .isEqualTo(true);
    }

    @Test
    void remoteConfigurationIsAFlagWithAPayloadUnlessItIsSecret() {
        String payload = "'groups': [{'properties': []}], 'payloads': {'true': {'retries': 3}}";
        flags.createWith("open", payload, ", 'is_remote_configuration': true");
        flags.createWith("secret", payload, ", 'is_remote_configuration': true, 'has_encrypted_payloads': true");

        var answer = flags.flags("ada", "");
        assertThat(answer.at("/open/metadata/payload").textValue()).isEqualTo("{\"retries\":3}");
        assertThat(answer.at("/secret/metadata/payload").isNull()).isTrue();
        assertThat(answer.at("/secret/enabled").booleanValue()).isTrue();
    }
}
