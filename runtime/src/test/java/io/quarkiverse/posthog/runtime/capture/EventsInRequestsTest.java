package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.smallrye.mutiny.Multi;

/** What events get from the request they are captured in. */
class EventsInRequestsTest {

    private static final RequestData REQUEST = new RequestData("zoe", "session-1", Map.of("company", "acme"),
            Map.of("$request_path", "/orders", "$user_agent", "curl"));

    private final TestPipeline test = TestPipeline.of();

    @BeforeEach
    void request() {
        test.inRequest = REQUEST;
    }

    @Test
    @Tag("CAP-3")
    @Tag("TRH-1")
    @Tag("TRH-6")
    void anEventWithoutAPersonIsThatOfTheRequest() {
        JsonNode event = captured(CaptureEvent.of("order placed"));

        assertThat(event.path("distinct_id").asText()).isEqualTo("zoe");
        assertThat(event.at("/properties/$session_id").asText()).isEqualTo("session-1");
        assertThat(event.at("/properties/$groups/company").asText()).isEqualTo("acme");
        assertThat(event.at("/properties/$request_path").asText()).isEqualTo("/orders");
        assertThat(event.at("/properties/$process_person_profile").isMissingNode()).isTrue();
    }

    @Test
    @Tag("TRH-3")
    void whatAnEventSaysItselfWins() {
        JsonNode event = captured(CaptureEvent.of("order placed", "max").sessionId("mine").group("company", "other")
                .property("$request_path", "/mine"));

        assertThat(event.path("distinct_id").asText()).isEqualTo("max");
        assertThat(event.at("/properties/$session_id").asText()).isEqualTo("mine");
        assertThat(event.at("/properties/$groups")).hasToString("{\"company\":\"other\"}");
        assertThat(event.at("/properties/$request_path").asText()).isEqualTo("/mine");
        assertThat(event.at("/properties/$user_agent").asText()).isEqualTo("curl");
    }

    @Test
    void groupsOfBothAreKept() {
        JsonNode event = captured(CaptureEvent.of("order placed").group("project", "lamp"));

        assertThat(event.at("/properties/$groups")).hasToString("{\"company\":\"acme\",\"project\":\"lamp\"}");
    }

    @Test
    void anotherPersonIsNotInTheGroupsOfTheRequest() {
        JsonNode event = captured(CaptureEvent.of("order placed", "max"));

        assertThat(event.at("/properties/$groups").isMissingNode()).isTrue();
        assertThat(event.at("/properties/$session_id").asText()).isEqualTo("session-1");
    }

    @Test
    @Tag("CAP-9")
    void whatTheRequestWouldAddButCantBeSentIsLeftOut() {
        test.inRequest = new RequestData("zoe", null, Map.of(), Map.of("area", "checkout", "broken", new Object()));

        JsonNode event = captured(CaptureEvent.of("order placed"));

        assertThat(event.at("/properties/area").asText()).isEqualTo("checkout");
        assertThat(event.at("/properties/broken").isMissingNode()).isTrue();
    }

    @Test
    @Tag("CAP-9")
    void anEventThatCantBeSentIsNotSavedByThat() {
        test.inRequest = new RequestData("zoe", null, Map.of(), Map.of("broken", new Object()));

        assertThat(test.pipeline.capture(CaptureRequest.of(CaptureEvent.of("order placed").property("mine", new Object()))))
                .isEmpty();

        assertThat(test.status().dropped()).containsOnlyKeys(DropReason.INVALID);
    }

    @Test
    @Tag("GRP-5")
    void aGroupIsIdentifiedByWhoeverMakesTheRequest() {
        assertThat(captured(CaptureEvent.groupIdentify("company", "acme", Map.of("plan", "pro"))).path("distinct_id").asText())
                .isEqualTo("zoe");
    }

    @Test
    @Tag("GRP-5")
    void aGroupIsIdentifiedByThePersonItIsGiven() {
        assertThat(captured(CaptureEvent.groupIdentify("company", "acme", Map.of()).distinctId("max")).path("distinct_id")
                .asText()).isEqualTo("max");
    }

    @Test
    @Tag("TRH-4")
    void aRequestOfNobodyKnownMakesNoPersonAndKeepsItsSession() {
        test.inRequest = new RequestData(null, "session-1", Map.of(), Map.of());

        JsonNode event = captured(CaptureEvent.of("order placed"));

        assertThat(event.path("distinct_id").asText()).matches("[0-9a-f-]{36}");
        assertThat(event.at("/properties/$process_person_profile").asBoolean(true)).isFalse();
        assertThat(event.at("/properties/$session_id").asText()).isEqualTo("session-1");
    }

    @Test
    @Tag("TRH-4")
    void whetherItMakesAPersonIsForTheEventToSay() {
        test.inRequest = RequestData.NONE;

        JsonNode event = captured(CaptureEvent.of("order placed").property("$process_person_profile", true));

        assertThat(event.at("/properties/$process_person_profile").asBoolean(false)).isTrue();
    }

    @Test
    @Tag("SPP-1")
    void personPropertiesMayBeThoseOfTheRequest() {
        assertThat(captured(CaptureEvent.of("$set").set(Map.of("plan", "pro"))).path("distinct_id").asText())
                .isEqualTo("zoe");
    }

    @ParameterizedTest
    @ValueSource(strings = { "$identify", "$create_alias" })
    @Tag("IDN-2")
    @Tag("ALI-4")
    void whomTheseAreAboutIsNeverGuessed(String name) {
        assertThat(test.pipeline.capture(CaptureRequest.of(CaptureEvent.of(name).property("alias", "max")))).isEmpty();
    }

    @Test
    void aiEventsAndThoseSentAtOnceAreOfTheRequestToo() {
        test.pipeline.capture(CaptureRequest.of(CaptureEvent.of("$ai_generation"), EventKind.AI));
        test.pipeline.captureImmediate(CaptureRequest.of(CaptureEvent.of("order placed"))).await().indefinitely();

        assertThat(test.sent()).extracting(event -> event.path("distinct_id").asText()).containsExactly("zoe", "zoe");
    }

    @Test
    void eventsOfAStreamAreNot() {
        test.pipeline.captureAll(Multi.createFrom().item(CaptureEvent.of("order placed")), false).subscribe()
                .with(summary -> {
                });

        assertThat(test.sent()).singleElement()
                .satisfies(event -> assertThat(event.path("distinct_id").asText()).isNotEqualTo("zoe"))
                .satisfies(event -> assertThat(event.at("/properties/$request_path").isMissingNode()).isTrue());
    }

    private JsonNode captured(CaptureEvent event) {
        assertThat(test.pipeline.capture(CaptureRequest.of(event))).isPresent();
        return test.sent().get(0);
    }
}
