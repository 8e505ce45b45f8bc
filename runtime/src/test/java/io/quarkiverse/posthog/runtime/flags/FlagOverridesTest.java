package io.quarkiverse.posthog.runtime.flags;

import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import jakarta.enterprise.context.ContextNotActiveException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagOverrides;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkiverse.posthog.runtime.context.PropertyOverrides;
import io.quarkiverse.posthog.runtime.context.RequestScopedState;

/** Properties that count for every evaluation of a request. */
class FlagOverridesTest {

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.flags");

    private final TestEvaluations test = TestEvaluations.of();
    private final FlagOverrides overrides = test.flags.flagOverrides();

    @BeforeEach
    void request() {
        test.request = new RequestScopedState();
    }

    @Test
    @Tag("OVR-1")
    void propertiesOfThePersonAddUp() {
        overrides.setPersonProperties(Map.of("plan", "free", "age", 3));
        overrides.setPersonProperties(Map.of("plan", "pro"));
        overrides.setPersonProperties(Map.of());
        overrides.setPersonProperties(null);

        assertThat(overrides.personProperties()).isEqualTo(Map.of("plan", "pro", "age", 3));
        assertThat(test.capture.sent()).isEmpty();
        assertThat(test.postHog.requests).isEmpty();
    }

    /** One thread may still evaluate when another one has answered the request. */
    @Test
    @Tag("FLG-8")
    void theyEndWithTheRequestAndNoEvaluationFailsForThat() {
        test.request = new RequestScopedState() {
            @Override
            public PropertyOverrides overrides(String account) {
                throw new ContextNotActiveException();
            }
        };

        assertThat(overrides.personProperties()).isEmpty();
        assertThat(test.flags.evaluateFlagsLocally(FlagContext.of("zoe")).errors()).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @Tag("OVR-1")
    void propertiesOfGroupsAddUpForEachType() {
        overrides.setGroupProperties("company", Map.of("plan", "free", "size", 3));
        overrides.setGroupProperties("company", Map.of("plan", "pro"));
        overrides.setGroupProperties("team", Map.of("size", 1));
        overrides.setGroupProperties("team", Map.of());
        overrides.setGroupProperties("company", null);
        overrides.setGroupProperties("project", Map.of());

        assertThat(overrides.groupProperties()).isEqualTo(
                Map.of("company", Map.of("plan", "pro", "size", 3), "team", Map.of("size", 1)));
        assertThat(test.capture.sent()).isEmpty();
        assertThat(test.postHog.requests).isEmpty();
    }

    @Test
    @Tag("OVR-2")
    void theyTravelWithTheRequestAndThoseOfTheCallWin() {
        overrides.setPersonProperties(Map.of("plan", "pro", "age", 3));
        overrides.setGroupProperties("company", Map.of("plan", "pro", "size", 3));

        test.evaluate(FlagContext.of(PERSON).personProperty("age", 4).groupProperty("company", "size", 5));

        JsonNode asked = test.postHog.requests.get(0);
        assertThat(asked.path("person_properties").path("plan").asText()).isEqualTo("pro");
        assertThat(asked.path("person_properties").path("age").asInt()).isEqualTo(4);
        assertThat(asked.path("group_properties").path("company").path("plan").asText()).isEqualTo("pro");
        assertThat(asked.path("group_properties").path("company").path("size").asInt()).isEqualTo(5);
    }

    @Test
    @Tag("OVR-2")
    void theyCountForWhatIsEvaluatedHere() {
        test.define(TestEvaluations.definedForPro("checkout"));
        overrides.setPersonProperties(Map.of("plan", "pro"));

        assertThat(test.flags.evaluateFlagsLocally(PERSON).isEnabled("checkout")).isTrue();
    }

    @Test
    @Tag("OVR-3")
    void theyAreForgottenOnDemand() {
        overrides.setPersonProperties(Map.of("plan", "pro"));
        overrides.setGroupProperties("company", Map.of("plan", "pro"));
        overrides.setGroupProperties("team", Map.of("size", 1));

        overrides.resetGroupProperties("company");
        assertThat(overrides.groupProperties()).isEqualTo(Map.of("team", Map.of("size", 1)));
        overrides.resetGroupProperties();
        assertThat(overrides.groupProperties()).isEmpty();
        assertThat(overrides.personProperties()).isEqualTo(Map.of("plan", "pro"));
        overrides.resetPersonProperties();
        assertThat(overrides.personProperties()).isEmpty();

        test.evaluate();
        assertThat(test.postHog.requests.get(0).path("person_properties")).isEmpty();
        assertThat(test.postHog.requests.get(0).path("group_properties")).isEmpty();
    }

    @Test
    @Tag("OVR-4")
    void anotherRequestKnowsNothingOfThem() {
        overrides.setPersonProperties(Map.of("plan", "pro"));

        test.request = new RequestScopedState();

        assertThat(overrides.personProperties()).isEmpty();
        test.evaluate();
        assertThat(test.postHog.requests.get(0).path("person_properties")).isEmpty();
    }

    @Test
    @Tag("OVR-4")
    void outsideOfARequestTheyBelongToNobody() {
        test.request = null;

        overrides.setPersonProperties(Map.of("plan", "pro"));
        overrides.resetPersonProperties();
        overrides.resetGroupProperties();

        assertThat(overrides.personProperties()).isEmpty();
        assertThat(log.warnings()).singleElement().asString().contains("without an active CDI request context");
    }
}
