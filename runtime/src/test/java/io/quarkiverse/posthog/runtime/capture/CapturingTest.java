package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** What becomes of an event until it is on the wire. */
class CapturingTest {

    @RegisterExtension
    final LogLines log = new LogLines();

    @Test
    @Tag("CAP-1")
    void anEventHasTheIdAndThePropertiesOfTheCaller() {
        TestPipeline posthog = TestPipeline.of();

        UUID uuid = posthog.pipeline
                .capture(CaptureRequest.of(CaptureEvent.of("signed up", "user-123").property("source", "api"))).orElseThrow();

        JsonNode event = sent(posthog);
        assertThat(event.path("event").asText()).isEqualTo("signed up");
        assertThat(event.path("distinct_id").asText()).isEqualTo("user-123");
        assertThat(event.path("uuid").asText()).isEqualTo(uuid.toString());
        assertThat(event.at("/properties/source").asText()).isEqualTo("api");
        assertThat(event.at("/properties/$lib").asText()).isEqualTo("quarkus-posthog");
        assertThat(event.at("/properties/$lib_version").asText()).isEqualTo("1.2.3");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " \t" })
    @Tag("CAP-2")
    void anEventWithoutANameIsDroppedAndLogged(String name) {
        TestPipeline posthog = TestPipeline.of();

        assertThat(posthog.capture(name)).isEmpty();
        posthog.flush();

        assertThat(posthog.postHog.requests()).isEmpty();
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.INVALID, 1L));
        assertThat(log.warnings()).singleElement().asString().contains("The name of an event must not be blank");
    }

    @Test
    @Tag("CAP-2")
    @Tag("CAP-9")
    void noEventAtAllIsNoException() {
        TestPipeline posthog = TestPipeline.of();

        assertThat(posthog.pipeline.capture(CaptureRequest.of(null))).isEmpty();
        assertThat(posthog.pipeline.capture(CaptureRequest.of(null, EventKind.AI))).isEmpty();

        assertThat(posthog.status().totalDropped()).isEqualTo(2);
    }

    @Test
    @Tag("CAP-3")
    void anEventOfNobodyGetsARandomIdAndMakesNoPerson() {
        TestPipeline posthog = TestPipeline.of();

        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("viewed")));
        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("viewed")));
        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("viewed").property("$process_person_profile", true)));
        posthog.flush();

        List<JsonNode> events = posthog.postHog.request(0).events();
        assertThat(events).extracting(event -> UUID.fromString(event.path("distinct_id").asText())).doesNotHaveDuplicates();
        assertThat(events).extracting(event -> event.at("/properties/$process_person_profile").asBoolean())
                .containsExactly(false, false, true);
    }

    @Test
    @Tag("CAP-5")
    void whatTheExtensionSaysBeatsWhatTheCallerSaysButNotAboutPersons() {
        TestPipeline posthog = TestPipeline.of();

        posthog.pipeline
                .capture(CaptureRequest.of(CaptureEvent.of("viewed", "zoey").properties(Map.of("$lib", "mine", "plan", "pro",
                        "$process_person_profile", true)).sessionId("s-1").group("company", "acme").property("plan", "free")));

        Map<String, Object> properties = properties(sent(posthog));
        assertThat(properties).contains(entry("$lib", "quarkus-posthog"), entry("plan", "free"),
                entry("$process_person_profile", true), entry("$session_id", "s-1"),
                entry("$groups", Map.of("company", "acme")));
    }

    @Test
    @Tag("CAP-6")
    void aTimeWithAnOffsetIsSentAsTheSameMomentInUtc() {
        TestPipeline posthog = TestPipeline.of();

        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("viewed", "zoey")
                .timestamp(OffsetDateTime.parse("2026-11-20T10:00:00.123456+05:30"))));

        assertThat(sent(posthog).path("timestamp").asText()).isEqualTo("2026-11-20T04:30:00.123456Z");
    }

    @Test
    @Tag("CAP-6")
    void anEventWithoutATimeHappensNow() {
        TestPipeline posthog = TestPipeline.of();
        Instant before = Instant.now();

        posthog.capture("viewed");

        assertThat(Instant.parse(sent(posthog).path("timestamp").asText())).isBetween(before, Instant.now());
    }

    @Test
    @Tag("CAP-7")
    void theUuidIsTheOneTheCallerSet() {
        TestPipeline posthog = TestPipeline.of();
        UUID uuid = UUID.randomUUID();

        assertThat(posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("viewed", "zoey").uuid(uuid)))).hasValue(uuid);

        assertThat(sent(posthog).path("uuid").asText()).isEqualTo(uuid.toString());
    }

    @Test
    @Tag("CAP-7")
    void theUuidThatIsReturnedIsTheOneThatIsSentAlsoWhenAHookChangedIt() {
        UUID other = UUID.randomUUID();
        BeforeSend changes = event -> event.event().equals("changed") ? event.uuid(other) : event.uuid(null);
        TestPipeline posthog = TestPipeline.of(List.of(changes));

        Optional<UUID> changed = posthog.capture("changed");
        Optional<UUID> removed = posthog.capture("removed");
        posthog.flush();

        assertThat(changed).hasValue(other);
        assertThat(posthog.postHog.request(0).uuids()).containsExactly(other.toString(), removed.orElseThrow().toString());
    }

    @Test
    @Tag("CAP-9")
    void capturingNeverThrows() {
        BeforeSend sneaky = event -> CapturingTest.<RuntimeException> sneak(new IOException("no disk"));
        TestPipeline posthog = TestPipeline.of(List.of(sneaky));

        assertThat(posthog.capture("hook that throws what it may not")).isEmpty();
        assertThat(posthog.pipeline
                .capture(CaptureRequest.of(CaptureEvent.of("no JSON", "zoey").property("object", new Object())))).isEmpty();

        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.BEFORE_SEND_FAILED, 1L),
                entry(DropReason.INVALID, 1L));
    }

    @Test
    @Tag("CAP-9")
    void aHookThatCanNotBeMadeIsAReasonToo() {
        TestPipeline posthog = TestPipeline.of(() -> {
            throw new IllegalStateException("no such bean");
        });
        CaptureEvent event = CaptureEvent.of("viewed", "zoey");

        assertThat(posthog.pipeline.capture(CaptureRequest.of(event))).isEmpty();
        posthog.pipeline.captureImmediate(CaptureRequest.of(event)).subscribe().withSubscriber(UniAssertSubscriber.create())
                .assertFailedWith(IllegalStateException.class, "no such bean");
        UniAssertSubscriber<CaptureSummary> stream = posthog.pipeline.captureAll(Multi.createFrom().items(event, event), false)
                .subscribe().withSubscriber(UniAssertSubscriber.create());
        posthog.background.run();
        assertThat(stream.awaitItem().getItem().dropped()).containsOnly(entry(DropReason.ENCODING_FAILED, 2L));

        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.ENCODING_FAILED, 4L));
        assertThat(log.warnings()).anyMatch(line -> line.contains("could not capture an event"));
    }

    @Test
    @Tag("CAP-9")
    void capturingDoesNothingButPutTheEventIntoTheQueue() {
        TestPipeline posthog = TestPipeline.of("capture.flush-at", "1");

        posthog.captureNumbers(1, 3);

        assertThat(posthog.postHog.requests()).as("nothing is sent by the caller").isEmpty();
        assertThat(posthog.status().queued()).isEqualTo(3);
    }

    @Test
    @Tag("CAP-10")
    void manyThreadsLoseNothingAndEachKeepsItsOrder() throws Exception {
        TestPipeline posthog = TestPipeline.of("capture.queue.max-events", "100000");
        int threads = 4;
        int each = 2000;

        posthog.background.during(() -> {
            List<Thread> producers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                producers.add(new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("" + i, "thread-" + thread)));
                    }
                }));
            }
            producers.forEach(Thread::start);
            producers.forEach(CapturingTest::join);
        });
        posthog.flush();

        List<JsonNode> events = posthog.postHog.requests().stream().flatMap(request -> request.events().stream()).toList();
        assertThat(events).hasSize(threads * each);
        for (int t = 0; t < threads; t++) {
            String thread = "thread-" + t;
            assertThat(events.stream().filter(event -> event.path("distinct_id").asText().equals(thread))
                    .map(event -> event.path("event").asInt())).isSorted().hasSize(each);
        }
        assertThat(posthog.status().delivered()).isEqualTo(threads * each);
        assertThat(posthog.status().queued()).isZero();
    }

    @Test
    @Tag("CAP-11")
    void aFullQueueDropsTheOldestEventAndWarns() {
        TestPipeline posthog = TestPipeline.of("capture.queue.max-events", "3");

        posthog.captureNumbers(1, 5);
        posthog.flush();

        assertThat(posthog.postHog.names()).containsExactly(List.of("3", "4", "5"));
        assertThat(posthog.news.droppedNames()).containsExactly("1", "2");
        assertThat(log.warnings()).singleElement().asString().contains("dropped an event: the queue is full");
    }

    @Test
    @Tag("CAP-12")
    void anEventCanBeSentAtOnceWhichEndsWithItsUuid() {
        TestPipeline posthog = TestPipeline.of();

        UUID uuid = posthog.pipeline.captureImmediate(CaptureRequest.of(CaptureEvent.of("viewed", "zoey"))).subscribe()
                .withSubscriber(UniAssertSubscriber.create()).assertCompleted().getItem();

        assertThat(posthog.postHog.request(0).uuids()).containsExactly(uuid.toString());
        assertThat(posthog.status().queued()).isZero();
    }

    @Test
    @Tag("CAP-14")
    void aServerIsSaidToBeOneAndIsNotWhereThePersonIs() {
        TestPipeline posthog = TestPipeline.of();

        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("viewed", "zoey").property("$is_server", false)));

        assertThat(properties(sent(posthog))).contains(entry("$is_server", true), entry("$geoip_disable", true));
    }

    @Test
    @Tag("CAP-15")
    void whatTheCallerChangesLaterChangesNothing() {
        TestPipeline posthog = TestPipeline.of();
        List<String> items = new ArrayList<>(List.of("first"));

        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("ordered", "zoey").property("items", items)));
        items.add("second");

        assertThat(properties(sent(posthog))).containsEntry("items", List.of("first"));
    }

    @Test
    @Tag("CAP-16")
    void withoutAProjectTokenNothingIsCapturedAndNothingIsThrown() {
        TestPipeline posthog = TestPipeline.withoutKey();

        assertThat(posthog.capture("viewed")).isEmpty();
        assertThat(posthog.flush().queued()).isZero();

        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.NO_PROJECT_API_KEY, 1L));
        assertThat(log.warnings()).singleElement().asString().contains("set quarkus.posthog.project-api-key");
    }

    private static JsonNode sent(TestPipeline posthog) {
        posthog.flush();
        return posthog.postHog.request(0).event();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> properties(JsonNode event) {
        return TestAccounts.mapper().convertValue(event.path("properties"), Map.class);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> CaptureEvent sneak(Exception e) throws E {
        throw (E) e;
    }
}
