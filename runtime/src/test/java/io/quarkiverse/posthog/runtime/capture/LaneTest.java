package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.Guarantee;
import io.quarkiverse.posthog.capture.CaptureAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.ManualBackground;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Held;
import io.quarkiverse.posthog.runtime.capture.Lane.LaneSettings;
import io.quarkiverse.posthog.runtime.config.Account;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.Compression;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig.Overflow;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.rest.ApiCalls;
import io.quarkiverse.posthog.runtime.rest.RetryPolicy;

/** What happens when several things happen at the same moment. */
class LaneTest implements Fates {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ManualBackground background = new ManualBackground();
    private final IngestionStub postHog = new IngestionStub();
    private final List<String> ended = new ArrayList<>();
    private WatchedQueue queue;
    private Lane lane;

    @BeforeEach
    void openLane() {
        lane = lane(1_000_000);
    }

    /** Whichever look at the queue it comes after. */
    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3 })
    @Guarantee("EBT-2")
    void anEventThatComesJustWhenTheQueueIsFoundEmptyIsSentInTime(int look) {
        Held held = new Held();
        postHog.answering(held);
        offer("first");
        background.advance(INTERVAL);
        background.advance(INTERVAL);

        queue.afterLook(look, () -> offer("second"));
        held.release(IngestionStub.success());
        background.run();
        assertThat(queue.isWatched()).as("somebody looked so often").isFalse();
        background.advance(INTERVAL);

        assertThat(postHog.names()).containsExactly(List.of("first"), List.of("second"));
    }

    @Test
    @Guarantee("SHD-8")
    void whatDidNotFitIsCountedWhenTheLaneIsClosedMeanwhile() {
        lane = lane(700);
        for (int i = 1; i <= 5; i++) {
            offer("" + i);
        }
        lane.flush().subscribe().with(done -> {
        });
        queue.afterTake(lane::close);
        background.run();

        assertThat(ended).containsExactlyInAnyOrder("1 CLOSED", "2 CLOSED", "3 CLOSED", "4 CLOSED", "5 CLOSED");
        assertThat(lane.pending()).isZero();
        assertThat(postHog.requests()).isEmpty();
    }

    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    @Guarantee("SPL-5")
    void aQueueThatCanNotBeReadIsTriedAgainAfterAPause() {
        offer("1");
        queue.setReadable(false);
        boolean[] flushed = new boolean[1];
        lane.flush().subscribe().with(done -> flushed[0] = true);
        background.run();
        assertThat(flushed).containsExactly(true);

        queue.setReadable(true);
        background.run();
        assertThat(postHog.requests()).isEmpty();
        background.advance(Duration.ofSeconds(1));

        assertThat(ended).containsExactly("1");
    }

    @Test
    @Guarantee("LIS-3")
    void whoeverIsToldMayCloseTheLane() {
        offer("1");
        lane.flush().subscribe().with(done -> lane.close());
        background.run();

        assertThat(ended).containsExactly("1");
        assertThat(background.isIdle()).isTrue();
    }

    @Test
    @Guarantee("WIRE-5")
    void noUuidIsTwiceInARequest() {
        UUID uuid = UUID.randomUUID();
        for (String name : List.of("1", "2", "2 again", "3")) {
            lane.offer(new QueuedEvent(CaptureEvent.of(name, "user").uuid(name.startsWith("2") ? uuid : UUID.randomUUID())
                    .timestamp(background.now()), 100));
        }
        lane.flush().subscribe().with(done -> {
        });
        background.run();

        assertThat(postHog.names()).containsExactly(List.of("1", "2"), List.of("2 again", "3"));
        assertThat(ended).containsExactly("1", "2", "2 again", "3");
    }

    private void offer(String name) {
        assertThat(lane.offer(new QueuedEvent(CaptureEvent.of(name, "user").uuid(UUID.randomUUID())
                .timestamp(background.now()), 100))).isNull();
    }

    private Lane lane(long maxBatchBytes) {
        Account account = TestAccounts.account("project-api-key", "phc_test");
        ApiCalls calls = TestAccounts.calls(postHog, account);
        BatchEncoder encoder = new BatchEncoder(new ProtocolV0(TestAccounts.mapper(), "capture", "phc_test", false, false),
                TestAccounts.mapper().getFactory(), Compressor.of(Compression.NONE, null), 100_000, maxBatchBytes);
        CaptureLog log = new CaptureLog("default");
        Courier courier = new Courier(calls, new ProtocolV0(TestAccounts.mapper(), "capture", "phc_test", false, false),
                encoder, new RetryPolicy(3, INTERVAL, INTERVAL, INTERVAL, true), this, log);
        return new Lane(new LaneSettings(10, 1_000_000, INTERVAL, 10), losses -> queue = new WatchedQueue(losses), courier,
                this,
                new Circuit(INTERVAL), log, background);
    }

    @Override
    public void delivered(List<QueuedEvent> events) {
        events.forEach(event -> ended.add(event.event().event()));
    }

    @Override
    public void dropped(List<QueuedEvent> events, DropReason reason, String detail) {
        events.forEach(event -> ended.add(event.event().event() + " " + reason));
    }

    @Override
    public void dropped(long count, DropReason reason, String detail) {
        ended.add(count + " " + reason);
    }

    @Override
    public void attempted(int attempt, String failure, Supplier<CaptureAttempt> details) {
    }

    /** Lets something happen between two steps of whoever uses it. */
    private static final class WatchedQueue implements EventQueue {

        private final MemoryQueue queue;
        private boolean readable = true;
        private int looks;
        private Runnable afterLook;
        private Runnable afterTake = () -> {
        };

        WatchedQueue(Losses losses) {
            queue = new MemoryQueue(1000, 1_000_000, Overflow.REJECT, losses);
        }

        void afterLook(int look, Runnable task) {
            looks = look;
            afterLook = task;
        }

        void afterTake(Runnable task) {
            afterTake = task;
        }

        void setReadable(boolean readable) {
            this.readable = readable;
        }

        boolean isWatched() {
            return afterLook != null;
        }

        @Override
        public long size() {
            long size = queue.size();
            if (afterLook != null && --looks == 0) {
                Runnable task = afterLook;
                afterLook = null;
                task.run();
            }
            return size;
        }

        @Override
        public List<QueuedEvent> take(int most) {
            if (!readable) {
                throw new UncheckedIOException(new IOException("can't be read"));
            }
            List<QueuedEvent> taken = queue.take(most);
            afterTake.run();
            return taken;
        }

        @Override
        public DropReason offer(QueuedEvent event) {
            return queue.offer(event);
        }

        @Override
        public void putBack(List<QueuedEvent> events) {
            queue.putBack(events);
        }

        @Override
        public long bytes() {
            return queue.bytes();
        }

        @Override
        public long offered() {
            return queue.offered();
        }

        @Override
        public List<QueuedEvent> drain() {
            return queue.drain();
        }
    }
}
