package io.quarkiverse.posthog.runtime.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.PostHogConflictException;
import io.quarkiverse.posthog.PropertyFilter;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.featureflags.FlagCondition;
import io.quarkiverse.posthog.featureflags.FlagFilters;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.rest.Operation;

class FlagRequestBodiesTest {

    private final ObjectMapper mapper = TestAccounts.mapper();
    private final FlagRequestBodies changes = new FlagRequestBodies(() -> mapper, "default",
            Operation.write("featureFlags.update", Operation.Limit.CRUD));

    @Test
    void createsAFlagForEveryoneUnlessToldOtherwise() {
        assertJson(changes.body(NewFeatureFlag.of("checkout", "New checkout")), """
                {"key": "checkout", "name": "New checkout", "active": true, "ensure_experience_continuity": false,
                 "filters": {"groups": [{"properties": [], "rollout_percentage": 100}], "payloads": {}}}""");
    }

    @ParameterizedTest
    @ValueSource(doubles = { 0, 12.5, 30, 100 })
    void putsTheRolloutIntoACondition(double percentage) {
        ObjectNode body = changes.body(NewFeatureFlag.of("checkout").rollout(percentage));

        assertThat(body.at("/filters/groups/0/rollout_percentage").asDouble()).isEqualTo(percentage);
        assertThat(body.at("/filters/groups/0/rollout_percentage").isInt()).isEqualTo(percentage != 12.5);
        assertThat(body.has("rollout_percentage")).isFalse();
        assertThat(body.path("filters").has("rollout_percentage")).isFalse();
    }

    @Test
    void createsConditionsVariantsPayloadsAndTags() {
        NewFeatureFlag flag = NewFeatureFlag.of("checkout").active(false).tag("shop").ensureExperienceContinuity(true)
                .filters(FlagFilters.create()
                        .condition(FlagCondition.where(PropertyFilter.person("plan", "pro")).rollout(12.5).variant("test"))
                        .condition(new FlagCondition(List.of(), null, null, null, null, Map.of()))
                        .variant("control", 50).variant("test", 50)
                        .payload("test", Map.of("color", "green")).payload("control", "text"));

        assertJson(changes.body(flag), """
                {"key": "checkout", "name": "", "active": false, "ensure_experience_continuity": true, "tags": ["shop"],
                 "filters": {
                   "groups": [
                     {"properties": [{"key": "plan", "value": "pro", "type": "person", "operator": "exact"}],
                      "rollout_percentage": 12.5, "variant": "test"},
                     {"properties": [], "rollout_percentage": 100}],
                   "multivariate": {"variants": [{"key": "control", "rollout_percentage": 50},
                                                 {"key": "test", "rollout_percentage": 50}]},
                   "payloads": {"test": "{\\"color\\":\\"green\\"}", "control": "\\"text\\""}}}""");
    }

    @Test
    void changesOnlyWhatIsSet() {
        assertJson(changes.body(FeatureFlagUpdate.create()), "{}");
        assertJson(changes.body(FeatureFlagUpdate.create().active(false)), "{\"active\": false}");
        assertJson(changes.body(FeatureFlagUpdate.create().name("")), "{\"name\": \"\"}");
        assertJson(changes.body(FeatureFlagUpdate.create().tags(List.of())), "{\"tags\": []}");
        assertJson(changes.body(FeatureFlagUpdate.create().filters(FlagFilters.create())),
                "{\"filters\": {\"groups\": [], \"payloads\": {}, \"multivariate\": null, \"aggregation_group_type_index\": null}}");
        assertJson(changes.body(FeatureFlagUpdate.create().ensureExperienceContinuity(true)),
                "{\"ensure_experience_continuity\": true}");
    }

    @Test
    void keepsTheOtherConditionsAndWhatItDoesNotKnow() {
        ObjectNode current = json("""
                {"key": "checkout", "version": 3, "filters": {"holdout": {"id": 4}, "payloads": {"true": "1"}, "groups": [
                  {"properties": [{"key": "id", "type": "cohort", "value": 55, "cohort_name": "Beta"}],
                   "rollout_percentage": 10, "sort_key": "a"},
                  {"properties": [], "rollout_percentage": 20, "variant": null, "sort_key": "b"}]}}""");
        ObjectNode before = current.deepCopy();

        assertJson(changes.body(FeatureFlagUpdate.create().rollout(75), current), """
                {"filters": {"holdout": {"id": 4}, "payloads": {"true": "1"}, "groups": [
                  {"properties": [{"key": "id", "type": "cohort", "value": 55, "cohort_name": "Beta"}],
                   "rollout_percentage": 10, "sort_key": "a"},
                  {"properties": [], "rollout_percentage": 75, "variant": null, "sort_key": "b"}]}}""");
        assertThat(changes.body(FeatureFlagUpdate.create().rollout(0, 0.5), current).at("/filters/groups/0/rollout_percentage")
                .asDouble()).isEqualTo(0.5);
        assertThat(current).as("what was read").isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"groups\": []}", "{\"groups\": null}", "null" })
    void addsTheConditionThatIsMissing(String filters) {
        ObjectNode current = json("{\"key\": \"checkout\", \"filters\": " + filters + "}");

        assertJson(changes.body(FeatureFlagUpdate.create().rollout(40), current),
                "{\"filters\": {\"groups\": [{\"properties\": [], \"rollout_percentage\": 40}]}}");
    }

    @Test
    void takesTheOnlyConditionWhateverItIs() {
        ObjectNode current = json("""
                {"key": "checkout", "filters": {"groups": [{"properties": [{"key": "plan"}], "rollout_percentage": 1}]}}""");

        assertJson(changes.body(FeatureFlagUpdate.create().rollout(40), current), """
                {"filters": {"groups": [{"properties": [{"key": "plan"}], "rollout_percentage": 40}]}}""");
    }

    @Test
    void asksWhichConditionIsMeant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changes.body(FeatureFlagUpdate.create().rollout(40), json("""
                        {"key": "checkout", "filters": {"groups": [{"properties": []}, {"properties": []}]}}""")))
                .withMessage("Feature flag 'checkout' has 2 conditions, and more than one of them matches all persons; select "
                        + "one with rollout(conditionIndex, percentage)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changes.body(FeatureFlagUpdate.create().rollout(40), json("""
                        {"key": "checkout", "filters": {"groups": [{"properties": [{}]}, {"properties": [{}]}]}}""")))
                .withMessageContaining("none of them matches all persons");
    }

    @Test
    void refusesAConditionThatIsNotThere() {
        for (String groups : List.of("[]", "[{}]", "[{}, {}]")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> changes.body(FeatureFlagUpdate.create().rollout(2, 40),
                            json("{\"key\": \"checkout\", \"filters\": {\"groups\": " + groups + "}}")))
                    .withMessageContaining("Feature flag 'checkout' has no condition 2");
        }
    }

    @Test
    void sendsWhatItReadSoThatPostHogComparesToo() {
        ObjectNode current = json("""
                {"key": "checkout", "version": 3, "name": "old", "anything": [1], "filters": {"groups": []}}""");

        assertJson(changes.body(FeatureFlagUpdate.create().name("new").expectedVersion(3), current), """
                {"name": "new", "version": 3, "original_flag":
                 {"key": "checkout", "version": 3, "name": "old", "anything": [1], "filters": {"groups": []}}}""");
    }

    @Test
    void refusesToChangeAnotherVersion() {
        assertThatThrownBy(() -> changes.body(FeatureFlagUpdate.create().name("new").expectedVersion(3),
                json("{\"key\": \"checkout\", \"version\": 5, \"last_modified_by\": {\"email\": \"ada@example.test\"}}")))
                .isInstanceOfSatisfying(PostHogConflictException.class, conflict -> {
                    assertThat(conflict.status()).isEqualTo(409);
                    assertThat(conflict.operation()).isEqualTo("featureFlags.update");
                })
                .hasMessageContaining("Feature flag 'checkout' was changed by ada@example.test since it was read: "
                        + "it has version 5, not 3.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"version\": 5}", "{\"version\": 5, \"last_modified_by\": null}",
            "{\"version\": 5, \"last_modified_by\": {\"email\": null}}" })
    void doesNotKnowWhoChangedIt(String current) {
        assertThatThrownBy(() -> changes.body(FeatureFlagUpdate.create().expectedVersion(3), json(current)))
                .hasMessageContaining("by another user since");
    }

    private ObjectNode json(String text) {
        try {
            return (ObjectNode) mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** As they are on the wire. */
    private void assertJson(ObjectNode actual, String expected) {
        assertThat(json(actual.toString())).isEqualTo(json(expected));
    }
}
