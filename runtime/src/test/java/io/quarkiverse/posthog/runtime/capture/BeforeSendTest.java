package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.DropReason;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

class BeforeSendTest {

    @RegisterExtension
    final LogLines log = new LogLines();

    private final List<String> called = new ArrayList<>();

    @Test
    @Tag("BSH-1")
    void aHookSeesTheCompleteEventAndMayChangeAllOfIt() {
        UUID uuid = UUID.randomUUID();
        List<CaptureEvent> seen = new ArrayList<>();
        TestPipeline posthog = TestPipeline.of(List.of(event -> {
            seen.add(event);
            return new CaptureEvent("renamed", "someone", Map.of("privacy", "filtered"), Instant.EPOCH, uuid);
        }));

        assertThat(posthog.capture("checkout")).hasValue(uuid);
        posthog.flush();

        assertThat(seen).singleElement().satisfies(event -> {
            assertThat(event.uuid()).isNotNull();
            assertThat(event.timestamp()).isNotNull();
            assertThat(event.properties()).containsKeys("$lib", "$lib_version", "$is_server");
        });
        JsonNode sent = posthog.postHog.request(0).event();
        assertThat(sent.path("event").asText()).isEqualTo("renamed");
        assertThat(sent.path("distinct_id").asText()).isEqualTo("someone");
        assertThat(sent.path("timestamp").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(sent.path("uuid").asText()).isEqualTo(uuid.toString());
        assertThat(sent.path("properties").toString()).isEqualTo("{\"privacy\":\"filtered\"}");
    }

    @Test
    @Tag("BSH-2")
    @Tag("BSH-3")
    void anEventThatAHookDropsIsGoneAndLaterHooksDoNotSeeIt() {
        TestPipeline posthog = TestPipeline.of(List.of(
                event -> event.event().equals("secret") ? null : event, named("second")));

        assertThat(posthog.capture("secret")).isEmpty();
        posthog.flush();

        assertThat(called).isEmpty();
        assertThat(posthog.postHog.requests()).isEmpty();
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.BEFORE_SEND, 1L));
        assertThat(log.warnings()).as("that is what the hook is for").isEmpty();
    }

    @Test
    @Tag("BSH-3")
    void eachHookGetsWhatTheOneBeforeItReturned() {
        TestPipeline posthog = TestPipeline.of(List.of(named("first"), named("second"), named("third")));

        posthog.capture("viewed");
        posthog.flush();

        assertThat(called).containsExactly("first", "second", "third");
        assertThat(posthog.postHog.names()).containsExactly(List.of("viewed first second third"));
    }

    @Test
    @Tag("BSH-4")
    @Tag("CAP-8")
    void aHookThatThrowsDropsTheEventSoThatNothingUnfilteredIsSent() {
        TestPipeline posthog = throwing();

        assertThat(posthog.capture("sensitive")).isEmpty();
        posthog.flush();

        assertThat(called).containsExactly("first");
        assertThat(posthog.postHog.requests()).isEmpty();
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.BEFORE_SEND_FAILED, 1L));
        assertThat(log.warnings()).singleElement().asString().contains("dropped event 'sensitive'", "broken hook");
    }

    @Test
    @Tag("BSH-4")
    @Tag("CAP-9")
    void aHookThatBreaksAsBadlyAsCanBeDoesSoToo() {
        TestPipeline posthog = TestPipeline.of(List.of(event -> {
            throw new NoClassDefFoundError("gone");
        }));

        assertThat(posthog.capture("sensitive")).isEmpty();

        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.BEFORE_SEND_FAILED, 1L));
    }

    @Test
    @Tag("BSH-4")
    void aHookThatAlwaysThrowsIsNotLoggedForEachEvent() throws Exception {
        TestPipeline posthog = throwing();

        for (int i = 0; i < 50; i++) {
            posthog.capture("sensitive");
        }

        assertThat(log.warnings()).hasSize(1);
        posthog.close();
        assertThat(log.warnings()).hasSize(2).last().asString().contains("49 events");
    }

    @Test
    @Tag("BSH-4")
    @Tag("CAP-8")
    void thatHoldsForEventsThatAreSentAtOnceToo() {
        TestPipeline posthog = throwing();

        posthog.pipeline.captureImmediate(CaptureRequest.of(CaptureEvent.of("sensitive", "zoey"))).subscribe()
                .withSubscriber(UniAssertSubscriber.create()).assertCompleted().assertItem(null);

        assertThat(posthog.postHog.requests()).isEmpty();
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    @Tag("BSH-6")
    void aHookThatTakesAllPropertiesOutIsWarnedOf() {
        TestPipeline posthog = TestPipeline.of(
                List.of(event -> new CaptureEvent(event.event(), event.distinctId(), null, event.timestamp(), event.uuid())));

        assertThat(posthog.capture("bare")).isPresent();

        assertThat(log.warnings()).singleElement().asString().contains("removed all properties of event 'bare'");
    }

    @Test
    @Tag("BSH-7")
    void whatAHookMakesOfAnEventIsCheckedAgain() {
        TestPipeline posthog = TestPipeline.of(List.of(event -> switch (event.event()) {
            case "without a name" -> new CaptureEvent(" ", event.distinctId(), event.properties(), null, null);
            case "no JSON" -> event.property("object", new Object());
            default -> event.distinctId(null);
        }));

        assertThat(posthog.capture("without a name")).isEmpty();
        assertThat(posthog.capture("no JSON")).isEmpty();
        assertThat(posthog.capture("nobody")).isPresent();
        posthog.flush();

        assertThat(posthog.postHog.names()).containsExactly(List.of("nobody"));
        assertThat(UUID.fromString(posthog.postHog.request(0).event().path("distinct_id").asText())).isNotNull();
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.INVALID, 2L));
    }

    private BeforeSend named(String name) {
        return event -> {
            called.add(name);
            return new CaptureEvent(event.event() + " " + name, event.distinctId(), event.properties(), event.timestamp(),
                    event.uuid());
        };
    }

    private TestPipeline throwing() {
        return TestPipeline.of(List.of(named("first"), event -> {
            throw new IllegalStateException("broken hook");
        }, named("last")));
    }
}
