package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.capture.DeliveredEvent;
import io.quarkiverse.posthog.capture.DeliveryAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.capture.DroppedEvent;
import io.quarkiverse.posthog.runtime.capture.event.CaptureHooks;
import io.quarkiverse.posthog.runtime.capture.event.DevModeCaptureListener;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.smallrye.mutiny.Multi;

/** Hooks and listeners that capture events themselves. */
class NestedCaptureTest {

    @RegisterExtension
    final LogLines log = new LogLines();

    private final List<CapturePipeline> accounts = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    static Stream<Arguments> ways() {
        return Stream.of(
                way("capture", NestedCaptureTest::capture),
                way("captureAi", (account, event) -> account.capture(CaptureRequest.of(event, EventKind.AI))),
                way("captureImmediate",
                        (account, event) -> account.captureImmediate(CaptureRequest.of(event)).subscribe().with(ignored -> {
                        })),
                way("captureAiImmediate",
                        (account, event) -> account.captureImmediate(CaptureRequest.of(event, EventKind.AI)).subscribe()
                                .with(ignored -> {
                                })),
                way("captureAll", (account, event) -> account.captureAll(Multi.createFrom().item(event), false).subscribe()
                        .with(ignored -> {
                        })),
                way("captureHistorical",
                        (account, event) -> account.captureAll(Multi.createFrom().item(event), true).subscribe()
                                .with(ignored -> {
                                })));
    }

    private static Arguments way(String name, BiConsumer<CapturePipeline, CaptureEvent> capture) {
        return Arguments.argumentSet(name, capture);
    }

    /** Captures an event each time it is called, with the given account. */
    private BeforeSend capturing(int account, BiConsumer<CapturePipeline, CaptureEvent> capture) {
        return event -> {
            if (calls.incrementAndGet() > 20) {
                throw new AssertionError("The hook is called without end");
            }
            capture.accept(accounts.get(account), CaptureEvent.of(event.event() + " hook", "zoey"));
            return event.property("filtered", true);
        };
    }

    @ParameterizedTest
    @MethodSource("ways")
    @Tag("BSH-10")
    void anEventOfAHookPassesTheHooksOnce(BiConsumer<CapturePipeline, CaptureEvent> capture) {
        TestPipeline posthog = TestPipeline.of(List.of(capturing(0, capture)));
        accounts.add(posthog.pipeline);

        posthog.capture("viewed");
        posthog.capture("viewed");

        assertThat(posthog.sent()).extracting(event -> event.path("event").asText())
                .containsExactlyInAnyOrder("viewed", "viewed", "viewed hook", "viewed hook");
        assertThat(posthog.sent()).allMatch(event -> event.at("/properties/filtered").asBoolean());
        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.NESTED, 2L));
        assertThat(posthog.news.dropped).extracting(DroppedEvent::reason).containsOnly(DropReason.NESTED).hasSize(2);
        assertThat(log.warnings()).singleElement().asString().startsWith(
                "PostHog account 'default': event 'viewed hook hook' was captured in a BeforeSend that was called for an event");
    }

    @Test
    @Tag("BSH-10")
    void theHooksOfSeveralAccountsNestAsThoseOfOne() {
        TestPipeline first = TestPipeline.of(List.of(capturing(1, NestedCaptureTest::capture)));
        TestPipeline second = TestPipeline.of(List.of(capturing(0, NestedCaptureTest::capture)));
        accounts.addAll(List.of(first.pipeline, second.pipeline));

        first.capture("viewed");

        assertThat(first.sent()).extracting(event -> event.path("event").asText()).containsExactly("viewed");
        assertThat(second.sent()).extracting(event -> event.path("event").asText()).containsExactly("viewed hook");
        assertThat(first.status().dropped()).containsOnly(entry(DropReason.NESTED, 1L));
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    @Tag("BSH-10")
    void anEventAfterAHookFailedIsNotNested() {
        TestPipeline posthog = TestPipeline.of(List.of(event -> {
            throw new IllegalStateException("broken hook");
        }));

        for (int i = 0; i < 3; i++) {
            posthog.capture("viewed");
        }

        assertThat(posthog.status().dropped()).containsOnly(entry(DropReason.BEFORE_SEND_FAILED, 3L));
    }

    @Test
    @Tag("BSH-10")
    void aHookThatCapturesWhileItIsCreatedIsCreated() {
        List<TestPipeline> posthog = new ArrayList<>();
        posthog.add(TestPipeline.of(() -> {
            posthog.get(0).capture("created");
            return List.of(event -> event);
        }));

        posthog.get(0).capture("viewed");

        assertThat(posthog.get(0).sent()).extracting(event -> event.path("event").asText())
                .containsExactly("created", "viewed");
    }

    @ParameterizedTest
    @MethodSource("ways")
    @Tag("LIS-4")
    void listenersAreNotCalledForEventsOfListeners(BiConsumer<CapturePipeline, CaptureEvent> capture) {
        TestPipeline posthog = TestPipeline.of();
        Capturing listener = new Capturing(posthog.pipeline, capture);
        posthog.listeners.add(listener);

        posthog.capture("viewed");
        posthog.flush();

        assertThat(posthog.sent()).extracting(event -> event.path("event").asText())
                .containsExactlyInAnyOrder("viewed", "attempted", "delivered viewed");
        assertThat(listener.news).containsExactly("attempted", "delivered viewed");
        assertThat(posthog.news.deliveredNames()).containsExactly("viewed");
    }

    @Test
    @Tag("LIS-4")
    void listenersAreNotCalledForDropsOfEventsOfListeners() {
        TestPipeline posthog = TestPipeline.of("capture.queue.max-events", "2", "capture.queue.overflow", "drop-oldest");
        Capturing listener = new Capturing(posthog.pipeline, (account, event) -> {
            account.capture(CaptureRequest.of(event));
            account.capture(CaptureRequest.of(CaptureEvent.of(" ", "zoey")));
        });
        posthog.listeners.add(listener);

        posthog.captureNumbers(1, 4);

        assertThat(listener.news).doesNotHaveDuplicates().allMatch(news -> news.matches("dropped [1-4]"));
        assertThat(posthog.status().queued()).isEqualTo(2);
        assertThat(posthog.status().dropped(DropReason.INVALID)).isEqualTo(listener.news.size());
    }

    @Test
    @Tag("LIS-4")
    void listenersAreNotCalledForEventsOfListenersFromTheSpool(@TempDir Path directory) throws Exception {
        TestPipeline before = TestPipeline.of("capture.spool.directory", directory.toString(), "capture.shutdown-timeout",
                "0s");
        before.postHog.always(IngestionStub.status(503));
        Capturing listener = new Capturing(before.pipeline, NestedCaptureTest::capture);
        before.listeners.add(listener);
        before.pipeline.capture(CaptureRequest.of(CaptureEvent.of(" ", "zoey")));
        before.capture("viewed");
        before.close();

        TestPipeline after = TestPipeline.of("capture.spool.directory", directory.toString());

        assertThat(after.sent()).extracting(event -> event.path("event").asText())
                .containsExactly("dropped  ", "viewed");
        assertThat(after.news.deliveredNames()).containsExactly("viewed");
        after.close();
    }

    @Test
    @Tag("LIS-4")
    void aWitnessSeesEventsOfListenersAsWell() {
        TestPipeline posthog = TestPipeline.of();
        List<String> seen = new ArrayList<>();
        posthog.listeners.add(new Capturing(posthog.pipeline, NestedCaptureTest::capture));
        posthog.listeners.add(new DevModeCaptureListener() {

            @Override
            public void accepted(String account, CaptureEvent event, int size) {
                seen.add("accepted " + event.event());
            }

            @Override
            public void discarded(String account, CaptureEvent event, DropReason reason) {
                seen.add("withheld " + event.event());
            }

            @Override
            public void onDelivered(DeliveredEvent event) {
                seen.add("delivered " + event.event().event());
            }
        });

        posthog.capture("viewed");
        posthog.flush();
        posthog.flush();

        assertThat(seen).containsExactlyInAnyOrder("accepted viewed", "delivered viewed", "accepted attempted",
                "accepted delivered viewed", "delivered attempted", "delivered delivered viewed");
    }

    @Test
    @Tag("BSH-10")
    @Tag("LIS-4")
    void hooksAndListenersThatCallEachOtherEnd() {
        TestPipeline posthog = TestPipeline.of(List.of(capturing(0, NestedCaptureTest::capture)));
        accounts.add(posthog.pipeline);
        posthog.listeners.add(new Capturing(posthog.pipeline, NestedCaptureTest::capture));

        posthog.capture("viewed");
        posthog.flush();
        posthog.flush();

        assertThat(calls.get()).isLessThan(20);
        assertThat(posthog.status().queued()).isZero();
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    @Tag("LIS-4")
    void aListenerThatCapturesWhileItIsCreatedIsCreated() {
        List<CapturePipeline> account = new ArrayList<>();
        List<String> delivered = new ArrayList<>();
        CaptureHooks hooks = new CaptureHooks("default", List::of, () -> {
            account.get(0).capture(CaptureRequest.of(CaptureEvent.of("created", "zoey")));
            return List.of(new CaptureListener() {

                @Override
                public void onDelivered(DeliveredEvent event) {
                    delivered.add(event.event().event());
                }
            });
        });
        TestPipeline posthog = TestPipeline.of(hooks);
        account.add(posthog.pipeline);

        posthog.capture("viewed");

        assertThat(posthog.sent()).extracting(event -> event.path("event").asText()).containsExactly("viewed", "created");
        assertThat(delivered).containsExactly("viewed");
    }

    /** Captures an event for each piece of news. */
    private static final class Capturing implements CaptureListener {

        private final CapturePipeline account;
        private final BiConsumer<CapturePipeline, CaptureEvent> capture;
        final List<String> news = new ArrayList<>();

        Capturing(CapturePipeline account, BiConsumer<CapturePipeline, CaptureEvent> capture) {
            this.account = account;
            this.capture = capture;
        }

        @Override
        public void onDelivered(DeliveredEvent event) {
            add("delivered " + event.event().event());
        }

        @Override
        public void onDropped(DroppedEvent event) {
            add("dropped " + event.event().event());
        }

        @Override
        public void onAttempt(DeliveryAttempt attempt) {
            add("attempted");
        }

        private void add(String name) {
            news.add(name);
            assertThat(news).as("news without end").hasSizeLessThan(20);
            capture.accept(account, new CaptureEvent(name, "zoey", Map.of(), null, null));
        }
    }

    private static void capture(CapturePipeline account, CaptureEvent event) {
        account.capture(CaptureRequest.of(event));
    }
}
