package io.quarkiverse.posthog.emulator;

import static io.quarkiverse.posthog.emulator.EmulatorClient.encode;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

class EmulatorFeatureFlagsTest extends EmulatorTestBase {

    private static final String GROUPS = "\"filters\": {\"groups\": [{\"properties\": [], \"rollout_percentage\": 10}]}";

    @Test
    void createdFlagHasDefaults() {
        var answer = client.post("/feature_flags/", "{\"key\": \"New_Checkout-v2\"}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().get("version").intValue()).isEqualTo(1);
        assertThat(answer.text("status")).isEqualTo("ACTIVE");
        assertThat(answer.json().at("/filters/groups")).hasSize(1);
    }

    @Test
    void unknownTopLevelFieldsAreIgnored() {
        var answer = client.post("/feature_flags/", "{\"key\": \"a\", \"rollout_percentage\": 5, " + GROUPS + "}");
        assertThat(answer.json().has("rollout_percentage")).isFalse();
        assertThat(answer.json().at("/filters/groups/0/rollout_percentage").intValue()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{}|required", "{\"key\": \"a b\"}|invalid_key", "{\"key\": \"a.b\"}|invalid_key",
            "{\"key\": \"taken\"}|unique" })
    void unusableKeysAreRefused(String body, String code) {
        create("{\"key\": \"taken\"}");
        var answer = client.post("/feature_flags/", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.text("attr")).isEqualTo("key");
    }

    @Test
    void givenFiltersNeedAGroup() {
        var answer = client.post("/feature_flags/", "{\"key\": \"a\", \"filters\": {\"groups\": []}}");
        assertThat(answer.text("detail")).isEqualTo("Feature flags must have at least one condition set (group).");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"variants\": [{\"key\": \"a\", \"rollout_percentage\": 50}, {\"key\": \"b\", \"rollout_percentage\": 40}]}",
            "{\"variants\": [{\"key\": \"not ok\", \"rollout_percentage\": 100}]}" })
    void badVariantsAreRefused(String multivariate) {
        var answer = client.post("/feature_flags/", """
                {"key": "a", "filters": {"groups": [{"properties": []}], "multivariate": %s}}""".formatted(multivariate));
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void payloadsBecomeText() {
        var flag = create(
                "{\"key\": \"a\", \"filters\": {\"groups\": [{\"properties\": []}], \"payloads\": {\"true\": {\"n\": 3}}}}");
        assertThat(flag.at("/filters/payloads/true").textValue()).isEqualTo("{\"n\":3}");
    }

    @Test
    void unknownCohortIsRefused() {
        var answer = client.post("/feature_flags/", cohortFlag(99));
        assertThat(answer.text("code")).isEqualTo("cohort_does_not_exist");
    }

    @Test
    void cohortIsNamedOnReading() {
        client.control("POST", "/seed", null);
        var flag = create(cohortFlag(1));
        assertThat(flag.at("/filters/groups/0/properties/0/cohort_name").textValue()).isEqualTo("Paying customers");
    }

    @Test
    void softDeletedFlagIsReadableButNotListed() {
        long id = id(create("{\"key\": \"a\"}"));
        var answer = client.patch("/feature_flags/" + id + "/", "{\"deleted\": true}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("status")).isEqualTo("DELETED");
        assertThat(client.get("/feature_flags/").results()).isEmpty();
        assertThat(client.get("/feature_flags/" + id + "/").json().get("deleted").booleanValue()).isTrue();
    }

    @Test
    void newHolderOfAKeyDestroysTheSoftDeletedOne() {
        long id = id(create("{\"key\": \"a\"}"));
        client.patch("/feature_flags/" + id + "/", "{\"deleted\": true}");
        create("{\"key\": \"a\"}");
        assertThat(client.get("/feature_flags/" + id + "/").status()).isEqualTo(404);
    }

    @Test
    void restoredFlagIsListedAgain() {
        long id = id(create("{\"key\": \"a\"}"));
        client.patch("/feature_flags/" + id + "/", "{\"deleted\": true}");
        assertThat(client.patch("/feature_flags/" + id + "/", "{\"deleted\": false}").text("key")).isEqualTo("a");
        assertThat(client.get("/feature_flags/").results()).hasSize(1);
    }

    @Test
    void filtersAreMergedByTopLevelKey() {
        long id = id(
                create("""
                        {"key": "a", "filters": {"groups": [{"properties": [], "rollout_percentage": 10}], "payloads": {"true": "1"}}}"""));
        var answer = client.patch("/feature_flags/" + id + "/", """
                {"filters": {"groups": [{"properties": [], "rollout_percentage": 20}]}}""");
        assertThat(answer.json().at("/filters/groups/0/rollout_percentage").intValue()).isEqualTo(20);
        assertThat(answer.json().at("/filters/payloads/true").textValue()).isEqualTo("1");
    }

    @Test
    void everyWriteIncrementsTheVersion() {
        long id = id(create("{\"key\": \"a\"}"));
        assertThat(client.patch("/feature_flags/" + id + "/", "{\"name\": \"A\"}").json().get("version").intValue())
                .isEqualTo(2);
    }

    @Test
    void outdatedVersionAloneIsNoConflict() {
        long id = id(create("{\"key\": \"a\"}"));
        client.patch("/feature_flags/" + id + "/", "{\"name\": \"theirs\"}");
        assertThat(client.patch("/feature_flags/" + id + "/", "{\"version\": 1, \"name\": \"mine\"}").status()).isEqualTo(200);
    }

    @Test
    void fieldChangedByBothSidesIsAConflict() {
        var original = create("{\"key\": \"a\"}");
        client.patch("/feature_flags/" + id(original) + "/", "{\"name\": \"theirs\"}");
        var answer = client.patch("/feature_flags/" + id(original) + "/",
                "{\"version\": 1, \"name\": \"mine\", \"original_flag\": " + original + "}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("code")).isEqualTo("conflict");
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"name\": \"theirs\"", "\"active\": false" })
    void sameOrOtherChangesAreNoConflict(String change) {
        var original = create("{\"key\": \"a\"}");
        client.patch("/feature_flags/" + id(original) + "/", "{\"name\": \"theirs\"}");
        assertThat(client.patch("/feature_flags/" + id(original) + "/",
                "{\"version\": 1, " + change + ", \"original_flag\": " + original + "}").status()).isEqualTo(200);
    }

    @Test
    void flagThatOthersDependOnCannotBeDeleted() {
        long id = id(create("{\"key\": \"base\"}"));
        long dependent = id(create(dependentFlag("upper", id)));
        var answer = client.patch("/feature_flags/" + id + "/", "{\"deleted\": true}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).isEqualTo("Cannot delete this feature flag because other flags depend on it: upper"
                + " (ID: " + dependent + "). Please update or delete the dependent flags first.");
        assertThat(client.get("/feature_flags/" + id + "/dependent_flags/").json()).hasSize(1);
    }

    @Test
    void circularDependencyIsRefused() {
        long base = id(create("{\"key\": \"base\"}"));
        long upper = id(create(dependentFlag("upper", base)));
        var answer = client.patch("/feature_flags/" + base + "/", dependentFlag("base", upper));
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void bulkDeleteReportsEachFlag() {
        long id = id(create("{\"key\": \"a\"}"));
        var answer = client.post("/feature_flags/bulk_delete/", "{\"ids\": [" + id + ", 99]}");
        assertThat(answer.json().at("/deleted/0/key").textValue()).isEqualTo("a");
        assertThat(answer.json().at("/errors/0/reason").textValue()).isEqualTo("Flag not found");
    }

    @Test
    void lifecycleCallsAreIdempotent() {
        long id = id(create("{\"key\": \"a\"}"));
        client.post("/feature_flags/" + id + "/disable/", null);
        var again = client.post("/feature_flags/" + id + "/disable/", null);
        assertThat(again.json().get("active").booleanValue()).isFalse();
        assertThat(again.json().get("version").intValue()).isEqualTo(2);
    }

    @Test
    void onlyInactiveFlagsCanBeArchived() {
        long id = id(create("{\"key\": \"a\"}"));
        assertThat(client.post("/feature_flags/" + id + "/archive/", null).status()).isEqualTo(400);
        client.post("/feature_flags/" + id + "/disable/", null);
        assertThat(client.post("/feature_flags/" + id + "/archive/", null).status()).isEqualTo(200);
        assertThat(client.get("/feature_flags/").results()).isEmpty();
        assertThat(client.get("/feature_flags/?archived=true").results()).hasSize(1);
    }

    @Test
    void lifecycleOfADeletedFlagHasItsOwnErrorBody() {
        long id = id(create("{\"key\": \"a\"}"));
        client.patch("/feature_flags/" + id + "/", "{\"deleted\": true}");
        var answer = client.post("/feature_flags/" + id + "/enable/", null);
        assertThat(answer.body()).isEqualTo("{\"success\":false,\"error\":\"Flag has been deleted\"}");
    }

    @ParameterizedTest
    @CsvSource({ "active=true,free-shipping express-checkout vip-discount hero-banner new-checkout",
            "key=HERO-banner,hero-banner",
            "search=checkout,express-checkout new-checkout", "type=multivariant,hero-banner",
            "archived=true,old-search", "order=key&limit=2,express-checkout free-shipping", "created_by_id=99,''" })
    void listIsFiltered(String query, String keys) {
        client.control("POST", "/seed", null);
        String order = query.contains("order=") ? "" : "order=-id&";
        assertThat(String.join(" ", client.get("/feature_flags/?" + order + query).each("key"))).isEqualTo(keys);
    }

    @Test
    void listIsFilteredByTags() {
        client.control("POST", "/seed", null);
        assertThat(client.get("/feature_flags/?tags=" + encode("[\"marketing\"]")).each("key")).containsExactly("hero-banner");
    }

    @Test
    void remoteConfigIsThePayloadAsText() {
        create("""
                {"key": "cfg", "is_remote_configuration": true,
                 "filters": {"groups": [{"properties": []}], "payloads": {"true": {"retries": 3}}}}""");
        assertThat(client.get("/feature_flags/cfg/remote_config/").json().textValue()).isEqualTo("{\"retries\":3}");
    }

    @Test
    void numberWrittenOtherwiseIsNoChange() {
        var original = create("{\"key\": \"a\", " + GROUPS + "}");
        client.patch("/feature_flags/" + id(original) + "/", "{\"name\": \"theirs\"}");
        String reread = original.toString().replace("\"rollout_percentage\":10", "\"rollout_percentage\":10.0");
        assertThat(reread).contains("10.0");
        assertThat(client.patch("/feature_flags/" + id(original) + "/",
                "{\"version\": 1, " + GROUPS.replace("10", "20") + ", \"original_flag\": " + reread + "}").status())
                .isEqualTo(200);
    }

    @Test
    void largeLimitHasNoNextPage() {
        create("{\"key\": \"a\"}");
        var page = client.get("/feature_flags/?limit=2147483647&offset=5").json();
        assertThat(page.get("next").isNull()).isTrue();
        assertThat(page.get("count").intValue()).isEqualTo(1);
    }

    private JsonNode create(String body) {
        var answer = client.post("/feature_flags/", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private static long id(JsonNode flag) {
        return flag.get("id").longValue();
    }

    private static String cohortFlag(long cohort) {
        return """
                {"key": "c", "filters": {"groups": [{"properties": [
                  {"key": "id", "type": "cohort", "value": %d, "operator": "in"}]}]}}""".formatted(cohort);
    }

    private static String dependentFlag(String key, long on) {
        return """
                {"key": "%s", "filters": {"groups": [{"properties": [
                  {"key": "%d", "type": "flag", "value": true, "operator": "flag_evaluates_to"}]}]}}""".formatted(key, on);
    }
}
