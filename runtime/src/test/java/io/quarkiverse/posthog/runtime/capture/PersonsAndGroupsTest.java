package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.quarkiverse.posthog.runtime.context.RequestData;

/** The events that say who persons and groups are. */
class PersonsAndGroupsTest {

    @RegisterExtension
    final LogLines log = new LogLines();

    private final TestPipeline posthog = TestPipeline.of();

    @Test
    @Tag("IDN-1")
    void identifyingSetsPropertiesOfThePersonEachTime() {
        for (int i = 0; i < 2; i++) {
            posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.identify("user-123", Map.of("email", "user@test.test"))
                    .setOnce(Map.of("first_seen", "2026-11-20"))));
        }
        posthog.flush();

        assertThat(posthog.postHog.request(0).events()).hasSize(2).allSatisfy(event -> {
            assertThat(event.path("event").asText()).isEqualTo("$identify");
            assertThat(event.path("distinct_id").asText()).isEqualTo("user-123");
            assertThat(event.at("/properties/$set/email").asText()).isEqualTo("user@test.test");
            assertThat(event.at("/properties/$set_once/first_seen").asText()).isEqualTo("2026-11-20");
            assertThat(event.path("properties").has("$anon_distinct_id")).isFalse();
        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " " })
    @Tag("IDN-2")
    void identifyingNobodySendsNothingAndWarns(String id) {
        refused(CaptureEvent.identify(id, Map.of("email", "user@test.test")), "needs the distinct ID of a person");
    }

    @Test
    @Tag("ALI-3")
    void anAliasNamesThePreviousAndTheNewId() {
        JsonNode event = sent(CaptureEvent.alias("anon-123", "user-123"));

        assertThat(event.path("event").asText()).isEqualTo("$create_alias");
        assertThat(event.path("distinct_id").asText()).isEqualTo("anon-123");
        assertThat(event.at("/properties/distinct_id").asText()).isEqualTo("anon-123");
        assertThat(event.at("/properties/alias").asText()).isEqualTo("user-123");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " " })
    @Tag("ALI-4")
    void anAliasWithoutOneOfItsIdsSendsNothingAndWarns(String id) {
        refused(CaptureEvent.alias(id, "user-123"), "needs the distinct ID of a person");
        assertThat(posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.alias("anon-123", id)))).isEmpty();
    }

    @Test
    @Tag("GRP-5")
    @Tag("GRP-7")
    void aGroupHasATypeAKeyAndProperties() {
        JsonNode event = sent(CaptureEvent.groupIdentify("company", "company-123", Map.of("plan", "pro")));

        assertThat(event.path("event").asText()).isEqualTo("$groupidentify");
        assertThat(event.path("distinct_id").asText()).isEqualTo("$company_company-123");
        assertThat(event.at("/properties/$group_type").asText()).isEqualTo("company");
        assertThat(event.at("/properties/$group_key").asText()).isEqualTo("company-123");
        assertThat(event.at("/properties/$group_set/plan").asText()).isEqualTo("pro");
    }

    @Test
    @Tag("GRP-5")
    void aGroupWithoutPropertiesHasAnEmptySetOfThemAndMayBeNamedByAPerson() {
        JsonNode event = sent(CaptureEvent.groupIdentify("company", "acme", null).distinctId("user-1"));

        assertThat(event.at("/properties/$group_set").isObject()).isTrue();
        assertThat(event.at("/properties/$group_set")).isEmpty();
        assertThat(event.path("distinct_id").asText()).isEqualTo("user-1");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " " })
    @Tag("GRP-6")
    void aGroupWithoutATypeOrAKeySendsNothingAndWarns(String blank) {
        refused(CaptureEvent.groupIdentify("company", blank, Map.of()), "A group needs a type and a key");
        assertThat(posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.groupIdentify(blank, "acme", Map.of())))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "null", " NULL ", "\"undefined\"", "'none'", "\u200bnull", "anonymous\ufeff", "0",
            "[object Object]",
            "00000000-0000-0000-0000-000000000000", "\u00a0guest\u00a0" })
    @Tag("IDN-3")
    @Tag("ALI-5")
    @Tag("GRP-8")
    void placeholdersAreNeitherIdentifiedNorMergedNorGroups(String id) {
        for (CaptureEvent event : List.of(
                CaptureEvent.identify(id, Map.of("plan", "pro")),
                CaptureEvent.identify("zoey", Map.of()).property("$anon_distinct_id", id),
                CaptureEvent.alias(id, "zoey"), CaptureEvent.alias("zoey", id),
                CaptureEvent.of("$merge_dangerously", "zoey").property("alias", id),
                CaptureEvent.groupIdentify("company", id, Map.of()), CaptureEvent.groupIdentify(id, "acme", Map.of()),
                CaptureEvent.of("viewed", "zoey").group("company", id), CaptureEvent.of("viewed").group(id, "acme"))) {
            assertThat(posthog.pipeline.capture(CaptureRequest.of(event))).as(event.toString()).isEmpty();
        }

        assertThat(posthog.status().dropped()).containsOnly(Map.entry(DropReason.INVALID, 9L));
        assertThat(posthog.sent()).isEmpty();
        assertThat(log.warnings()).first().asString().contains("a placeholder on PostHog's list of illegal IDs");
    }

    @ParameterizedTest
    @ValueSource(strings = { "zoey", " zoey", "zoey\u00a0", "\u200bzoey" })
    @Tag("ALI-5")
    void anAliasOfTheSameIdSendsNothingAndWarns(String same) {
        refused(CaptureEvent.alias("zoey", same), "The alias of 'zoey' is the same ID");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "\u00a0" })
    @Tag("GRP-8")
    void anEventWithAGroupWithoutATypeOrAKeySendsNothingAndWarns(String blank) {
        refused(CaptureEvent.of("viewed", "zoey").group("company", blank), "A group needs a type and a key");
        assertThat(posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("viewed", "zoey").group(blank, "acme"))))
                .isEmpty();
    }

    @Test
    @Tag("CAP-17")
    void aPlaceholderIsCapturedAsGivenWithOneWarningForEachId() {
        for (String id : List.of("null", "NULL", "\"null\"", "undefined", "null", "zoey")) {
            assertThat(posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("viewed", id)))).isPresent();
        }

        assertThat(posthog.sent()).extracting(event -> event.path("distinct_id").asText())
                .containsExactly("null", "NULL", "\"null\"", "undefined", "null", "zoey");
        assertThat(log.warnings()).hasSize(2).allMatch(line -> line.startsWith("PostHog account 'default': event 'viewed' has"))
                .satisfiesExactly(line -> assertThat(line).contains("'null'"),
                        line -> assertThat(line).contains("'undefined'"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "\u00a0", "\ufeff" })
    @Tag("CAP-17")
    void anEventWithoutTheIdThatItWasGivenIsInvalid(String id) {
        posthog.inRequest = new RequestData("someone else", null, Map.of(), Map.of());

        refused(CaptureEvent.of("viewed", id), "The distinct ID of event 'viewed' is null or blank");
        assertThat(posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("viewed").distinctId(id)))).isEmpty();
        assertThat(posthog.status().dropped()).containsOnly(Map.entry(DropReason.INVALID, 2L));
        assertThat(CaptureEvent.of("viewed", id)).isNotEqualTo(CaptureEvent.of("viewed"));
    }

    @Test
    @Tag("IDN-8")
    @Tag("BSH-5")
    void hooksSeeThemAll() {
        TestPipeline hooked = TestPipeline.of(List.of(event -> event.property("hooked", true)));

        hooked.pipeline.capture(CaptureRequest.of(CaptureEvent.identify("zoey", Map.of())));
        hooked.pipeline.capture(CaptureRequest.of(CaptureEvent.alias("anon", "zoey")));
        hooked.pipeline.capture(CaptureRequest.of(CaptureEvent.groupIdentify("company", "acme", Map.of())));
        hooked.pipeline.capture(CaptureRequest.of(CaptureEvent.of("$set", "zoey").set(Map.of("plan", "pro"))));
        hooked.pipeline.capture(CaptureRequest.of(CaptureEvent.of("$ai_generation", "zoey"), EventKind.AI));
        hooked.flush();

        assertThat(hooked.postHog.requests()).hasSize(2).flatExtracting(request -> request.events()).hasSize(5)
                .allSatisfy(event -> assertThat(event.at("/properties/hooked").asBoolean()).isTrue());
    }

    @Test
    @Tag("SPP-1")
    void settingPropertiesOfAPersonNeedsToKnowWho() {
        JsonNode event = sent(CaptureEvent.of("$set", "zoey").set(Map.of("plan", "pro")).setOnce(Map.of("source", "ad")));

        assertThat(event.path("event").asText()).isEqualTo("$set");
        assertThat(event.at("/properties/$set/plan").asText()).isEqualTo("pro");
        assertThat(event.at("/properties/$set_once/source").asText()).isEqualTo("ad");
        assertThat(posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("$set", " ").set(Map.of("plan", "pro")))))
                .isEmpty();
    }

    @Test
    void propertiesCanBeTakenAwayFromAPerson() {
        JsonNode event = sent(CaptureEvent.of("left", "zoey").unset("plan", "trial").unset("plan", "coupon"));

        assertThat(event.at("/properties/$unset")).extracting(JsonNode::asText)
                .containsExactly("plan", "trial", "coupon");
    }

    private JsonNode sent(CaptureEvent event) {
        assertThat(posthog.pipeline.capture(CaptureRequest.of(event))).isPresent();
        posthog.flush();
        return posthog.postHog.request(0).event();
    }

    private void refused(CaptureEvent event, String why) {
        assertThat(posthog.pipeline.capture(CaptureRequest.of(event))).isEmpty();
        assertThat(posthog.flush().queued()).isZero();
        assertThat(posthog.postHog.requests()).isEmpty();
        assertThat(log.warnings()).singleElement().asString().contains(why);
    }
}
