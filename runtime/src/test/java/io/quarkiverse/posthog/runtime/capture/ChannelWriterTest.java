package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.CaptureChannel;
import io.quarkiverse.posthog.capture.ChannelEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

/** An account whose events are written to a channel. */
class ChannelWriterTest {

    /** The default of {@code capture.request-timeout}. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    @RegisterExtension
    final LogLines log = new LogLines();

    private final Channel channel = new Channel();
    private final TestPipeline posthog = TestPipeline.of(channel, List.of(event -> event.property("hook", true)));

    @Test
    @Tag("MSG-5")
    void anEventIsCompleteWhenItIsWritten() throws Exception {
        Optional<UUID> uuid = posthog.capture("purchase");

        ChannelEvent written = channel.written.get(0);
        assertThat(written.account()).isEqualTo("default");
        assertThat(written.channel()).isEqualTo("events");
        JsonNode json = new ObjectMapper().readTree(written.json());
        assertThat(json.at("/event").asText()).isEqualTo("purchase");
        assertThat(json.at("/distinct_id").asText()).isEqualTo("zoey");
        assertThat(json.at("/uuid").asText()).isEqualTo(uuid.orElseThrow().toString());
        assertThat(json.at("/timestamp").asText()).isEqualTo(written.event().timestamp().toString());
        assertThat(json.at("/properties/hook").asBoolean()).isTrue();
        assertThat(json.at("/properties/$lib").asText()).isEqualTo("quarkus-posthog");
        assertThat(json.at("/properties/$ignore_sent_at").asBoolean()).isTrue();
        posthog.background.advance(Duration.ofMinutes(1));
        assertThat(posthog.postHog.requests()).as("requests to PostHog").isEmpty();
    }

    @Test
    @Tag("MSG-5")
    void anAiEventIsSentToPostHog() {
        posthog.pipeline.capture(CaptureRequest.of(CaptureEvent.of("$ai_generation", "zoey"), EventKind.AI));

        assertThat(posthog.sent()).hasSize(1);
        assertThat(channel.written).isEmpty();
    }

    @Test
    @Tag("MSG-7")
    void anEventIsQueuedUntilTheChannelHasStoredIt() {
        open(posthog);
        channel.hold = true;
        posthog.captureNumbers(1, 3);
        assertThat(channel.written).hasSize(3);
        assertThat(posthog.status().queued()).isEqualTo(3);
        assertThat(posthog.status().queuedBytes()).isPositive();
        UniAssertSubscriber<?> flush = posthog.flushing();
        flush.assertNotTerminated();

        channel.held.forEach(each -> each.complete(null));

        flush.assertCompleted();
        assertThat(posthog.status().queued()).isZero();
        assertThat(posthog.status().queuedBytes()).isZero();
        assertThat(posthog.status().accepted()).isEqualTo(1 + 3);
        assertThat(posthog.status().delivered()).isEqualTo(1 + 3);
        assertThat(posthog.news.delivered).as("deliveries by PostHog").isEmpty();
    }

    /** Connectors can change the order of events that they receive before they are connected. */
    @Test
    @Tag("MSG-6")
    void theOthersWaitUntilTheChannelHasStoredTheFirstEvent() {
        channel.hold = true;
        posthog.captureNumbers(1, 3);
        assertThat(names()).containsExactly("1");

        channel.held.get(0).complete(null);
        posthog.capture("4");
        assertThat(names()).as("waits behind the others").containsExactly("1");
        posthog.background.run();
        assertThat(names()).containsExactly("1", "2", "3", "4");

        posthog.capture("5");
        assertThat(names()).as("written immediately").containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    @Tag("MSG-6")
    void aChannelThatFailsReceivesOneEventUntilItHasStoredIt() {
        open(posthog);
        channel.hold = true;
        posthog.captureNumbers(1, 3);
        for (int i = 2; i >= 0; i--) {
            channel.held.get(i).fail(new IllegalStateException("broken"));
        }
        channel.written.clear();

        posthog.background.advance(Duration.ofSeconds(2));
        assertThat(names()).containsExactly("1");
        channel.held.get(3).complete(null);
        posthog.background.run();

        assertThat(names()).containsExactly("1", "2", "3");
        assertThat(posthog.status().delivered()).isEqualTo(1 + 1);
    }

    /** A full pool rejects the worker that writes the waiting events. */
    @Test
    @Tag("MSG-6")
    void waitingEventsAreWrittenWhenAWorkerIsAvailable() {
        channel.hold = true;
        posthog.captureNumbers(1, 2);
        posthog.background.rejectWork(true);
        channel.held.get(0).complete(null);
        posthog.background.rejectWork(false);

        posthog.background.advance(Duration.ofSeconds(1));

        assertThat(names()).containsExactly("1", "2");
    }

    @Test
    @Tag("MSG-6")
    void eventsThatTheChannelDidNotStoreAreWrittenAgainInTheirOrder() {
        channel.failing = true;
        posthog.captureNumbers(1, 3);
        assertThat(channel.written).as("only until the first failure").hasSize(1);
        assertThat(posthog.status().queued()).isEqualTo(3);
        assertThat(posthog.status().pausedUntil()).isPresent();
        assertThat(posthog.status().lastFailure())
                .hasValueSatisfying(failure -> assertThat(failure).contains("events", "broken"));
        posthog.flushing().assertCompleted();

        posthog.retry();
        posthog.retry();
        assertThat(posthog.status().queued()).isEqualTo(3);
        channel.failing = false;
        channel.written.clear();
        posthog.retry();
        posthog.capture("4");

        assertThat(channel.written).extracting(each -> each.event().event()).containsExactly("1", "2", "3", "4");
        assertThat(channel.written.get(0).json()).isEqualTo(channel.first.json());
        assertThat(posthog.status().delivered()).isEqualTo(4);
        assertThat(posthog.status().pausedUntil()).isEmpty();
        assertThat(posthog.status().lastFailure()).isEmpty();
        posthog.background.advance(TIMEOUT);
        assertThat(posthog.background.isIdle()).isTrue();
    }

    @Test
    @Tag("MSG-6")
    void anEventThatIsNotAcknowledgedInTimeIsWrittenAgain() {
        open(posthog);
        channel.hold = true;
        posthog.captureNumbers(1, 2);
        posthog.background.advance(TIMEOUT.minusMillis(1));
        assertThat(channel.written).hasSize(2);
        assertThat(posthog.status().lastFailure()).isEmpty();

        channel.held.get(1).complete(null);
        posthog.background.advance(Duration.ofMillis(1));
        assertThat(posthog.status().lastFailure())
                .hasValueSatisfying(failure -> assertThat(failure).contains("not acknowledged within"));
        posthog.background.advance(Duration.ofSeconds(2));

        assertThat(channel.written).extracting(each -> each.event().event()).containsExactly("1", "2", "1");
        assertThat(channel.written.get(2).json()).isEqualTo(channel.written.get(0).json());

        channel.held.get(2).complete(null);
        assertThat(posthog.status().queued()).isZero();
        assertThat(posthog.status().delivered()).isEqualTo(1 + 2);
        posthog.background.advance(TIMEOUT.multipliedBy(3));
        assertThat(channel.written).hasSize(3);
        assertThat(posthog.background.isIdle()).isTrue();
    }

    @Test
    @Tag("MSG-6")
    void anEventThatIsAcknowledgedLateIsStoredOnce() {
        channel.hold = true;
        posthog.capture("1");
        posthog.background.advance(TIMEOUT);
        assertThat(posthog.status().pausedUntil()).isPresent();

        channel.held.get(0).complete(null);
        posthog.retry();

        assertThat(channel.written).hasSize(1);
        assertThat(posthog.status().queued()).isZero();
        assertThat(posthog.status().delivered()).isEqualTo(1);

        posthog.capture("2");
        posthog.background.advance(TIMEOUT.plusSeconds(2));
        posthog.background.advance(TIMEOUT);
        channel.held.get(1).complete(null);
        channel.held.get(2).complete(null);
        assertThat(posthog.status().delivered()).as("acknowledged twice").isEqualTo(2);
        assertThat(posthog.status().queuedBytes()).isZero();
    }

    @Test
    @Tag("MSG-7")
    void anEventThatCanNeverBeDeliveredDoesNotBlockOthers() {
        TestPipeline limited = TestPipeline.of(channel, List.of(), "capture.max-event-size", "1K");
        limited.pipeline.capture(CaptureRequest.of(CaptureEvent.of("large", "zoey").property("text", "x".repeat(2000))));
        limited.capture("small");

        assertThat(channel.written).extracting(each -> each.event().event()).containsExactly("small");
        assertThat(limited.status().dropped(DropReason.TOO_LARGE)).isEqualTo(1);
        assertThat(limited.news.droppedNames()).containsExactly("large");
        assertThat(limited.status().queued()).isZero();
        assertThat(limited.status().queuedBytes()).isZero();
    }

    @Test
    @Tag("MSG-6")
    void concurrentCallersAndFailuresLoseNoEvent() throws Exception {
        Map<String, Integer> stored = new ConcurrentHashMap<>();
        Random random = new Random(7);
        TestPipeline many = TestPipeline.of(event -> Uni.createFrom().emitter(emitter -> {
            boolean fails = random.nextInt(100) == 0;
            if (!fails) {
                stored.merge(event.event().event(), 1, Integer::sum);
            }
            CompletableFuture.runAsync(() -> {
                if (fails) {
                    emitter.fail(new IllegalStateException("broken"));
                } else {
                    emitter.complete(null);
                }
            });
        }), List.of());
        List<Thread> callers = IntStream.range(0, 4).mapToObj(caller -> new Thread(() -> {
            for (int i = 0; i < 500; i++) {
                many.capture(caller + "-" + i);
            }
        })).toList();
        callers.forEach(Thread::start);
        while (callers.stream().anyMatch(Thread::isAlive)) {
            many.retry();
        }
        for (int i = 0; i < 2000 && many.status().queued() > 0; i++) {
            Thread.sleep(1);
            many.retry();
        }

        assertThat(many.status().queued()).isZero();
        assertThat(many.status().queuedBytes()).isZero();
        assertThat(many.status().delivered()).isEqualTo(2000);
        assertThat(stored).hasSize(2000);
    }

    @Test
    @Tag("MSG-7")
    void aFullChannelDropsTheNewEvent() {
        TestPipeline full = TestPipeline.of(channel, List.of(), "capture.queue.max-events", "2");
        open(full);
        channel.hold = true;
        full.captureNumbers(1, 2);

        assertThat(full.capture("3")).isEmpty();

        assertThat(full.status().dropped(DropReason.QUEUE_FULL)).isEqualTo(1);
        assertThat(full.news.droppedNames()).containsExactly("3");
        assertThat(channel.written).hasSize(2);
    }

    @Test
    @Tag("MSG-7")
    void closingWaitsForTheChannelAndCountsWhatItHasNotStored() throws Exception {
        TestPipeline posthog = TestPipeline.of(channel, List.of(), "capture.shutdown-timeout", "200ms");
        channel.hold = true;
        posthog.capture("1");

        posthog.close();

        assertThat(posthog.status().dropped(DropReason.CLOSED)).isEqualTo(1);
        assertThat(posthog.capture("2")).isEmpty();
        assertThat(channel.written).hasSize(1);
    }

    @Test
    @Tag("MSG-5")
    void dataOfTheRequestIsApplied() {
        posthog.inRequest = RequestData.NONE.withProperties(java.util.Map.of("$current_url", "http://shop/cart"));

        posthog.capture("purchase");

        assertThat(channel.written.get(0).event().properties()).containsEntry("$current_url", "http://shop/cart");
    }

    /** Lets the channel store an event, so that later ones are written immediately. */
    private void open(TestPipeline pipeline) {
        pipeline.capture("first");
        channel.written.clear();
    }

    private List<String> names() {
        return channel.written.stream().map(event -> event.event().event()).toList();
    }

    private static final class Channel implements CaptureChannel {

        final List<ChannelEvent> written = new ArrayList<>();
        final List<UniEmitter<? super Void>> held = new ArrayList<>();
        ChannelEvent first;
        boolean failing;
        boolean hold;

        @Override
        public Uni<Void> send(ChannelEvent event) {
            written.add(event);
            first = first == null ? event : first;
            if (failing) {
                throw new IllegalStateException("broken");
            }
            return hold ? Uni.createFrom().emitter(held::add) : Uni.createFrom().voidItem();
        }
    }
}
