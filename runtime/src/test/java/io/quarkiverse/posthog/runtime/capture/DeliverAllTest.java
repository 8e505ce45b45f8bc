package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.capture.EventDelivery;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Streams of events that were captured elsewhere. */
class DeliverAllTest {

    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.123Z");

    @RegisterExtension
    final LogLines log = new LogLines();

    private final TestPipeline posthog = TestPipeline.of(List.of(event -> event.property("hook", true)),
            "capture.max-batch-events", "10", "capture.sampling.rate", "0");

    @Test
    @Tag("MSG-2")
    void anEventIsSentUnchanged() {
        UUID uuid = UUID.randomUUID();
        CaptureEvent event = new CaptureEvent("purchase", "zoey", Map.of("$lib", "posthog-go", "amount", 49.9), TIME, uuid);
        posthog.pipeline.optOut(true);

        deliver(new Delivery(() -> event), new Delivery(() -> event)).assertCompleted();

        assertThat(events()).hasSize(2).allSatisfy(sent -> {
            assertThat(sent.get("uuid").asText()).isEqualTo(uuid.toString());
            assertThat(sent.get("timestamp").asText()).isEqualTo(TIME.toString());
            assertThat(sent.get("properties").toString()).contains("posthog-go", "49.9").doesNotContain("hook", "sample");
        });
    }

    @Test
    @Tag("MSG-2")
    void missingDataIsAdded() {
        deliver(new Delivery(() -> CaptureEvent.of("purchase", "zoey"))).assertCompleted();

        assertThat(events().get(0).get("uuid").asText()).isNotBlank();
        assertThat(events().get(0).at("/properties/$lib").asText()).isEqualTo("quarkus-posthog");
    }

    @Test
    @Tag("MSG-1")
    void eachEventHasItsOutcome() {
        Delivery good = new Delivery(() -> CaptureEvent.of("good", "zoey"));
        Delivery blank = new Delivery(() -> CaptureEvent.of(" ", "zoey"));
        Delivery broken = new Delivery(() -> {
            throw new IllegalArgumentException("no event");
        });

        CaptureSummary summary = deliver(good, blank, broken).assertCompleted().getItem();

        assertThat(good.outcomes).containsExactly("delivered");
        assertThat(blank.outcomes).hasSize(1).first().asString().startsWith("INVALID");
        assertThat(broken.outcomes).containsExactly("INVALID no event");
        assertThat(summary).isEqualTo(new CaptureSummary(3, 1, Map.of(DropReason.INVALID, 2L)));
        assertThat(posthog.status().dropped(DropReason.INVALID)).isEqualTo(2);
    }

    @Test
    @Tag("MSG-1")
    void onlyFinalRejectionsDropAnEvent() {
        posthog.postHog.always(IngestionStub.status(503));
        Delivery delivery = new Delivery(() -> CaptureEvent.of("1", "zoey"));
        UniAssertSubscriber<CaptureSummary> all = deliver(delivery);
        for (int i = 0; i < 200; i++) {
            posthog.retry();
        }
        assertThat(delivery.outcomes).as("after more retries than the queue has").isEmpty();
        assertThat(posthog.status().retries()).isGreaterThan(100);

        posthog.postHog.always(IngestionStub.success());
        posthog.retry();

        all.assertCompleted();
        assertThat(delivery.outcomes).containsExactly("delivered");

        posthog.postHog.always(IngestionStub.status(400));
        Delivery rejected = new Delivery(() -> CaptureEvent.of("2", "zoey"));
        deliver(rejected).assertCompleted();
        assertThat(rejected.outcomes).hasSize(1).first().asString().startsWith("REJECTED");
    }

    /** 401: invalid token. 402: quota. 403: project. 404 and 405: another host. 429: rate limit, final in protocol v1. */
    @ParameterizedTest
    @CsvSource({ "v0, 401", "v0, 402", "v0, 403", "v0, 404", "v0, 405", "v0, 415", "v1, 401", "v1, 402", "v1, 403", "v1, 404",
            "v1, 429" })
    @Tag("MSG-1")
    void aRejectionOfTheAccountKeepsItsEvents(String protocol, int status) {
        TestPipeline posthog = TestPipeline.of("capture.protocol", protocol);
        posthog.postHog.always(IngestionStub.status(status));
        Delivery first = new Delivery(() -> CaptureEvent.of("1", "zoey"));
        Delivery second = new Delivery(() -> CaptureEvent.of("2", "zoey"));
        UniAssertSubscriber<CaptureSummary> all = deliver(posthog, first, second);
        for (int i = 0; i < 30; i++) {
            posthog.retry();
        }

        assertThat(first.outcomes).isEmpty();
        assertThat(posthog.status().totalDropped()).isZero();
        assertThat(posthog.status().queued()).isEqualTo(2);
        assertThat(posthog.status().lastFailure()).hasValueSatisfying(failure -> assertThat(failure).contains("" + status));
        assertThat(String.join("\n", log.lines())).containsOnlyOnce("keeps 2 events and tries again");

        posthog.postHog.always(IngestionStub.success());
        posthog.retry();

        all.assertCompleted();
        assertThat(first.outcomes).containsExactly("delivered");
        assertThat(second.outcomes).containsExactly("delivered");
        assertThat(posthog.status().lastFailure()).isEmpty();
        assertThat(String.join("\n", log.lines())).contains("delivers events again");
    }

    @Test
    @Tag("MSG-1")
    void anExceededQuotaKeepsItsEvents() {
        TestPipeline posthog = TestPipeline.of("capture.protocol", "v1");
        posthog.postHog.answering(IngestionStub.text("""
                {"results": {"%s": {"result": "drop", "details": "billing_limit_exceeded"},
                 "%s": {"result": "drop", "details": "invalid_options"}}}""".formatted(new UUID(0, 1), new UUID(0, 2))));
        Delivery limited = new Delivery(() -> CaptureEvent.of("limited", "zoey").uuid(new UUID(0, 1)));
        Delivery invalid = new Delivery(() -> CaptureEvent.of("invalid", "zoey").uuid(new UUID(0, 2)));
        Delivery good = new Delivery(() -> CaptureEvent.of("good", "zoey").uuid(new UUID(0, 3)));
        UniAssertSubscriber<CaptureSummary> all = deliver(posthog, limited, invalid, good);

        assertThat(limited.outcomes).isEmpty();
        assertThat(invalid.outcomes).hasSize(1).first().asString().startsWith("REJECTED").contains("invalid_options");
        assertThat(good.outcomes).containsExactly("delivered");
        assertThat(posthog.status().lastFailure()).isEmpty();
        assertThat(String.join("\n", log.lines())).contains("billing_limit_exceeded");

        posthog.retry();

        all.assertCompleted();
        assertThat(limited.outcomes).containsExactly("delivered");
        assertThat(posthog.postHog.names()).containsExactly(List.of("limited", "invalid", "good"), List.of("limited"));
    }

    @Test
    @Tag("MSG-1")
    void aHostThatRejectsEverythingAsInvalidKeepsMostEvents() {
        TestPipeline posthog = TestPipeline.of();
        posthog.postHog.always(IngestionStub.status(400));
        List<Delivery> deliveries = IntStream.range(0, 100).mapToObj(i -> new Delivery(() -> CaptureEvent.of("" + i, "zoey")))
                .toList();
        UniAssertSubscriber<CaptureSummary> all = deliver(posthog, deliveries.toArray(Delivery[]::new));
        for (int i = 0; i < 30; i++) {
            posthog.retry();
        }
        long dropped = posthog.status().totalDropped();
        assertThat(dropped).isBetween(1L, 20L);
        assertThat(posthog.postHog.requests().size()).as("at most one request per pause of 15 seconds").isLessThan(20 + 2 * 30);

        posthog.postHog.always(IngestionStub.rejecting("99"::equals));
        for (int i = 0; i < 20; i++) {
            posthog.retry();
        }

        assertThat(all.assertCompleted().getItem().delivered()).isEqualTo(99 - dropped);
        assertThat(deliveries).allSatisfy(delivery -> assertThat(delivery.outcomes).hasSize(1));
        assertThat(deliveries.get(99).outcomes).first().asString().startsWith("REJECTED");
        assertThat(posthog.news.deliveredNames().stream().map(Integer::valueOf)).isSorted();
    }

    @Test
    @Tag("MSG-1")
    void onlyTheInvalidAndTheTooLargeEventAreRejected() {
        posthog.postHog.always(request -> (request.names().contains("invalid") ? IngestionStub.status(400)
                : request.names().contains("large") ? IngestionStub.status(413) : IngestionStub.success()).to(request));
        List<Delivery> deliveries = Stream.of("1", "invalid", "2", "3", "large", "4")
                .map(name -> new Delivery(() -> CaptureEvent.of(name, "zoey"))).toList();

        deliver(deliveries.toArray(Delivery[]::new)).assertCompleted();

        assertThat(deliveries).extracting(delivery -> delivery.outcomes.get(0).split(" ")[0])
                .containsExactly("delivered", "REJECTED", "delivered", "delivered", "TOO_LARGE", "delivered");
    }

    @Test
    @Tag("MSG-1")
    void anEventOfAClosedAccountHasNoOutcome() throws Exception {
        TestPipeline posthog = TestPipeline.of("capture.shutdown-timeout", "200ms");
        posthog.postHog.always(IngestionStub.status(503));
        Delivery delivery = new Delivery(() -> CaptureEvent.of("1", "zoey"));
        UniAssertSubscriber<CaptureSummary> all = deliver(posthog, delivery);

        posthog.close();

        all.assertFailed();
        assertThat(delivery.outcomes).isEmpty();
        assertThat(posthog.status().totalDropped()).as("the event is delivered again").isZero();
        assertThat(posthog.news.dropped).isEmpty();
        assertThat(String.join("\n", log.lines())).doesNotContain("lost", "next start");
    }

    @Test
    @Tag("MSG-3")
    void theOrderIsKeptAcrossRetries() {
        posthog.postHog.answering(IngestionStub.success(), IngestionStub.status(503), IngestionStub.refusedConnection());
        List<Delivery> deliveries = IntStream.range(0, 100)
                .mapToObj(i -> new Delivery(() -> CaptureEvent.of("" + i, "zoey"))).toList();

        UniAssertSubscriber<CaptureSummary> all = deliver(deliveries.toArray(Delivery[]::new));
        posthog.retry();
        posthog.retry();

        assertThat(all.assertCompleted().getItem().delivered()).isEqualTo(100);
        assertThat(posthog.news.deliveredNames().stream().map(Integer::valueOf)).hasSize(100).isSorted();
    }

    @Test
    @Tag("MSG-8")
    void listenersAreNotCalledForEventsOfListeners() {
        Delivery delivery = new Delivery(() -> CaptureEvent.of("1", "zoey"));
        delivery.fromListener = true;

        deliver(delivery).assertCompleted();

        assertThat(delivery.outcomes).containsExactly("delivered");
        assertThat(posthog.news.delivered).isEmpty();
    }

    private UniAssertSubscriber<CaptureSummary> deliver(Delivery... deliveries) {
        return deliver(posthog, deliveries);
    }

    private static UniAssertSubscriber<CaptureSummary> deliver(TestPipeline posthog, Delivery... deliveries) {
        UniAssertSubscriber<CaptureSummary> all = posthog.pipeline.deliverAll(Multi.createFrom().items(deliveries))
                .subscribe().withSubscriber(UniAssertSubscriber.create());
        posthog.background.run();
        posthog.background.advance(Duration.ofMillis(1));
        return all;
    }

    private List<JsonNode> events() {
        return posthog.postHog.requests().stream().flatMap(request -> request.events().stream()).toList();
    }

    private static final class Delivery implements EventDelivery {

        private final Supplier<CaptureEvent> event;
        final List<String> outcomes = new ArrayList<>();
        boolean fromListener;

        Delivery(Supplier<CaptureEvent> event) {
            this.event = event;
        }

        @Override
        public CaptureEvent event() {
            return event.get();
        }

        @Override
        public boolean isFromListener() {
            return fromListener;
        }

        @Override
        public void delivered() {
            outcomes.add("delivered");
        }

        @Override
        public void dropped(DropReason reason, Optional<String> detail) {
            outcomes.add(reason + " " + detail.orElse(""));
        }
    }
}
