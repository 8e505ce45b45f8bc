package io.quarkiverse.posthog.runtime.capture.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DeliveryAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.ManualBackground;
import io.quarkiverse.posthog.runtime.capture.IngestionStub;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Held;
import io.quarkiverse.posthog.runtime.capture.delivery.EventBatcher.EventBatcherSettings;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.capture.queue.EventQueue;
import io.quarkiverse.posthog.runtime.capture.queue.InMemoryEventQueue;
import io.quarkiverse.posthog.runtime.capture.queue.OfferResult;
import io.quarkiverse.posthog.runtime.capture.queue.QueueLevel;
import io.quarkiverse.posthog.runtime.capture.queue.TakeResult;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryCallback;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder;
import io.quarkiverse.posthog.runtime.capture.wire.Compressor;
import io.quarkiverse.posthog.runtime.capture.wire.ProtocolV0;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.Compression;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig.Overflow;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.RetryPolicy;

/** What happens when several things happen at the same moment. */
class EventBatcherTest implements DeliveryCallback {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ManualBackground background = new ManualBackground();
    private final IngestionStub postHog = new IngestionStub();
    private final List<String> ended = new ArrayList<>();
    private final List<Thread> others = new ArrayList<>();
    private WatchedQueue queue;
    private EventBatcher batcher;
    private boolean fatesFail;

    @BeforeEach
    void openBatcher() {
        batcher = batcher(1_000_000);
    }

    /** Whichever look at the queue it comes after. */
    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3 })
    @Tag("EBT-2")
    void anEventThatComesJustWhenTheQueueIsFoundEmptyIsSentInTime(int look) throws InterruptedException {
        Held held = new Held();
        postHog.answering(held);
        offer("first");
        background.advance(INTERVAL);
        background.advance(INTERVAL);

        queue.afterLook(look, () -> duringTransition(() -> offer("second")));
        held.release(IngestionStub.success());
        background.run();
        awaitOthers();
        assertThat(queue.isWatched()).as("somebody looked so often").isFalse();
        background.advance(INTERVAL);

        assertThat(postHog.names()).containsExactly(List.of("first"), List.of("second"));
    }

    @Test
    @Tag("EBT-2")
    void anEventThatIsAddedDuringARequestIsSentWithinTheFlushInterval() {
        Held held = new Held();
        postHog.answering(held);
        offer("first");
        background.advance(INTERVAL.multipliedBy(2));

        offer("second");
        background.advance(INTERVAL.minusSeconds(1));
        held.release(IngestionStub.success());
        background.advance(Duration.ofSeconds(1));

        assertThat(postHog.names()).containsExactly(List.of("first"), List.of("second"));
    }

    @Test
    @Tag("EBT-2")
    void anEventThatIsAddedJustBeforeTheThresholdIsSetStartsTheFlushTimer() throws InterruptedException {
        Held held = new Held();
        postHog.answering(held);
        offer("first");
        background.advance(INTERVAL);

        // The flush timer finds the queue empty, during the request
        queue.beforeWaiting = () -> duringTransition(() -> offer("second"));
        background.advance(INTERVAL);
        awaitOthers();
        background.advance(INTERVAL.minusSeconds(1));
        held.release(IngestionStub.success());
        background.advance(Duration.ofSeconds(1));

        assertThat(postHog.names()).containsExactly(List.of("first"), List.of("second"));
    }

    @Test
    @Tag("EBT-1")
    void aFullBatchThatIsAddedJustBeforeTheThresholdIsSetIsSentImmediately() throws InterruptedException {
        queue.damaged = true;
        offer("damaged");
        batcher.flush().subscribe().with(done -> {
        });
        // The batcher becomes idle, because no event could be read
        queue.beforeWaiting = () -> duringTransition(() -> IntStream.range(0, 10).forEach(i -> offer("" + i)));
        background.step();
        queue.damaged = false;
        awaitOthers();
        background.run();

        assertThat(postHog.names()).singleElement(InstanceOfAssertFactories.LIST).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = { "offer", "flush", "drain" })
    @Tag("RTQ-16")
    void aTaskThatWorkersAndTimersRejectIsSubmittedAgainWithTheNextCall(String call) {
        background.reject(true);
        offer("1");
        batcher.flush().subscribe().with(done -> {
        });
        background.advance(INTERVAL);
        assertThat(background.isIdle()).isTrue();

        background.reject(false);
        switch (call) {
            case "offer" -> offer("2");
            case "flush" -> batcher.flush().subscribe().with(done -> {
            });
            default -> batcher.drain(background.now().plus(INTERVAL), Duration.ofSeconds(1)).subscribe().with(done -> {
            });
        }
        background.advance(INTERVAL);

        assertThat(ended).startsWith("1");
        assertThat(batcher.pending()).isZero();
    }

    @Test
    @Tag("RTQ-16")
    void aRetryThatWorkersAndTimersRejectIsSentWithTheNextEvent() {
        Held held = new Held();
        postHog.answering(held);
        offer("1");
        background.advance(INTERVAL);
        held.release(IngestionStub.status(503));
        background.reject(true);
        background.advance(INTERVAL.multipliedBy(2));
        assertThat(ended).isEmpty();

        background.reject(false);
        offer("2");
        background.advance(INTERVAL.multipliedBy(2));

        assertThat(ended).containsExactly("1", "2");
    }

    @Test
    @Tag("SHD-8")
    void closingDropsEventsWhoseTaskWasRejected() {
        background.reject(true);
        offer("1");
        batcher.flush().subscribe().with(done -> {
        });
        batcher.close();
        background.reject(false);

        assertThat(ended).containsExactly("1 CLOSED");
        assertThat(batcher.offer(new QueuedEvent(CaptureEvent.of("2", "zoey"), 1))).isEqualTo(DropReason.CLOSED);
        assertThat(background.isIdle()).isTrue();
    }

    @Test
    @Tag("SPL-1")
    void closingDoesNotAcknowledgeEventsThatAreBeingSent() {
        Held held = new Held();
        postHog.answering(held);
        batcher.offer(event("1").at(1));
        batcher.flush().subscribe().with(done -> {
        });
        background.run();
        assertThat(postHog.names()).containsExactly(List.of("1"));

        queue.afterTake(batcher::close);
        batcher.offer(unwritable("2").at(2));
        batcher.flush().subscribe().with(done -> {
        });
        background.run();

        assertThat(ended).containsExactly("2 ENCODING_FAILED");
        assertThat(queue.acknowledged).isEmpty();
    }

    @Test
    @Tag("SHD-8")
    void eventsThatDoNotFitAreCountedIfTheBatcherIsClosedMeanwhile() {
        batcher = batcher(700);
        for (int i = 1; i <= 5; i++) {
            offer("" + i);
        }
        batcher.flush().subscribe().with(done -> {
        });
        queue.afterTake(batcher::close);
        background.run();

        assertThat(ended).containsExactlyInAnyOrder("1 CLOSED", "2 CLOSED", "3 CLOSED", "4 CLOSED", "5 CLOSED");
        assertThat(batcher.pending()).isZero();
        assertThat(postHog.requests()).isEmpty();
    }

    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    @Tag("SPL-5")
    void aQueueThatCanNotBeReadIsTriedAgainAfterAPause() {
        offer("1");
        queue.setReadable(false);
        boolean[] flushed = new boolean[1];
        batcher.flush().subscribe().with(done -> flushed[0] = true);
        background.run();
        assertThat(flushed).containsExactly(true);

        queue.setReadable(true);
        background.run();
        assertThat(postHog.requests()).isEmpty();
        background.advance(Duration.ofSeconds(1));

        assertThat(ended).containsExactly("1");
    }

    @Test
    @Tag("LIS-3")
    void aCallbackMayCloseTheBatcher() {
        offer("1");
        batcher.flush().subscribe().with(done -> batcher.close());
        background.run();

        assertThat(ended).containsExactly("1");
        assertThat(background.isIdle()).isTrue();
    }

    @Test
    @Tag("WIRE-5")
    void noUuidIsTwiceInARequest() {
        UUID uuid = UUID.randomUUID();
        for (String name : List.of("1", "2", "2 again", "3")) {
            batcher.offer(new QueuedEvent(CaptureEvent.of(name, "zoey").uuid(name.startsWith("2") ? uuid : UUID.randomUUID())
                    .timestamp(background.now()), 100));
        }
        batcher.flush().subscribe().with(done -> {
        });
        background.run();

        assertThat(postHog.names()).containsExactly(List.of("1", "2"), List.of("2 again", "3"));
        assertThat(ended).containsExactly("1", "2", "2 again", "3");
    }

    static Stream<Throwable> failuresOfEncoding() {
        return Stream.of(new OutOfMemoryError("Java heap space"), new UnsatisfiedLinkError("no zstd"),
                new IllegalStateException("broken"));
    }

    @ParameterizedTest
    @MethodSource("failuresOfEncoding")
    @Tag("RTQ-17")
    void aCompressorThatFailsCostsNoEvent(Throwable failure) {
        batcher = batcher(700, new FailingCompressor(failure, 3));
        for (int i = 1; i <= 5; i++) {
            offer("" + i);
        }
        boolean[] flushed = new boolean[1];
        batcher.flush().subscribe().with(done -> flushed[0] = true);
        background.run();
        assertThat(postHog.requests()).isEmpty();
        assertThat(ended).isEmpty();
        assertThat(flushed).as("it can't be sent now").containsExactly(true);

        background.advance(INTERVAL.multipliedBy(4));

        assertThat(postHog.names().stream().flatMap(List::stream)).containsExactly("1", "2", "3", "4", "5");
        assertThat(ended).containsExactly("1", "2", "3", "4", "5");
        assertThat(batcher.pending()).isZero();
    }

    @Test
    @Tag("RTQ-17")
    @Tag("RTQ-9")
    void aCompressorThatAlwaysFailsIsTriedAsOftenAsConfigured() {
        batcher = batcher(100_000, new FailingCompressor(new OutOfMemoryError("Java heap space"), Integer.MAX_VALUE));
        offer("1");
        background.advance(INTERVAL.multipliedBy(10));

        assertThat(ended).containsExactly("1 RETRIES_EXHAUSTED");
    }

    @Test
    @Tag("RTQ-17")
    void anEventThatCanNotBeEncodedIsDroppedAloneAndTheOthersAreSent() {
        offer("1");
        batcher.offer(unwritable("2"));
        offer("3");
        batcher.offer(unwritable("4"));
        batcher.flush().subscribe().with(done -> {
        });
        background.run();
        batcher.offer(unwritable("5"));
        batcher.flush().subscribe().with(done -> {
        });
        background.run();

        assertThat(postHog.names()).containsExactly(List.of("1", "3"));
        assertThat(ended).containsExactlyInAnyOrder("2 ENCODING_FAILED", "4 ENCODING_FAILED", "1", "3", "5 ENCODING_FAILED");
        assertThat(batcher.pending()).isZero();
    }

    @Test
    @Tag("RTQ-16")
    @Tag("LIS-3")
    void aFailingCallbackDoesNotStopTheBatcher() {
        fatesFail = true;
        postHog.answering(IngestionStub.status(503), IngestionStub.status(401));
        offer("1");
        batcher.offer(unwritable("2"));
        boolean[] flushed = new boolean[1];
        batcher.flush().subscribe().with(done -> {
        });
        background.run();
        background.advance(INTERVAL);
        offer("3");
        batcher.flush().subscribe().with(done -> flushed[0] = true);
        background.run();

        assertThat(postHog.names()).containsExactly(List.of("1"), List.of("1"), List.of("3"));
        assertThat(batcher.pending()).isZero();
        assertThat(flushed).containsExactly(true);
    }

    @Test
    @Tag("RTQ-16")
    void aQueueThatFailsUnexpectedlyIsTriedAgainAfterAPause() {
        offer("1");
        queue.failure = new OutOfMemoryError("Java heap space");
        batcher.flush().subscribe().with(done -> {
        });
        background.run();
        assertThat(background.untilNextTimer()).isPositive();
        queue.failure = null;
        background.advance(Duration.ofSeconds(1));

        assertThat(ended).containsExactly("1");
    }

    private QueuedEvent unwritable(String name) {
        Map<Object, Object> numberAsKey = Map.of(1, "one");
        return new QueuedEvent(CaptureEvent.of(name, "zoey").uuid(UUID.randomUUID()).timestamp(background.now())
                .property("bad", numberAsKey), 100);
    }

    private void offer(String name) {
        assertThat(batcher.offer(event(name))).isNull();
    }

    private QueuedEvent event(String name) {
        return new QueuedEvent(CaptureEvent.of(name, "zoey").uuid(UUID.randomUUID()).timestamp(background.now()), 100);
    }

    /** Runs a task on another thread, until it ends or waits for the end of the transition of this thread. */
    private void duringTransition(Runnable task) {
        Thread other = new Thread(task);
        other.start();
        while (other.isAlive() && other.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        others.add(other);
    }

    private void awaitOthers() throws InterruptedException {
        for (Thread other : others) {
            other.join();
        }
    }

    private EventBatcher batcher(long maxBatchBytes) {
        return batcher(maxBatchBytes, Compressor.of(Compression.NONE, null));
    }

    private EventBatcher batcher(long maxBatchBytes, Compressor compressor) {
        ResolvedAccountConfig account = TestAccounts.account("project-api-key", "phc_test");
        ApiExecutor calls = TestAccounts.calls(postHog, account);
        BatchEncoder encoder = new BatchEncoder(
                new ProtocolV0(TestAccounts.mapper(), "capture", "phc_test", false, EventKind.ANALYTICS),
                TestAccounts.mapper().getFactory(), compressor, 100_000, maxBatchBytes);
        CaptureLogger log = new CaptureLogger("default", background);
        BatchSender sender = new BatchSender(calls,
                new ProtocolV0(TestAccounts.mapper(), "capture", "phc_test", false, EventKind.ANALYTICS),
                encoder, new RetryPolicy(3, RetryPolicy.backoff(INTERVAL, INTERVAL), INTERVAL, true), this, log, true);
        queue = new WatchedQueue();
        return new EventBatcher(new EventBatcherSettings(10, 1_000_000, INTERVAL, 10),
                queue, sender,
                this,
                new CircuitBreaker(INTERVAL), log, background);
    }

    private void failIfItShould() {
        if (fatesFail) {
            throw new NoClassDefFoundError("gone");
        }
    }

    @Override
    public void delivered(List<QueuedEvent> events) {
        failIfItShould();
        events.forEach(event -> ended.add(event.event().event()));
    }

    @Override
    public void dropped(List<QueuedEvent> events, DropReason reason, String detail) {
        failIfItShould();
        events.forEach(event -> ended.add(event.event().event() + " " + reason));
    }

    @Override
    public void dropped(long count, DropReason reason, String detail) {
        ended.add(count + " " + reason);
    }

    @Override
    public void attempted(Batch batch, String failure, Supplier<DeliveryAttempt> details) {
        failIfItShould();
    }

    /** Fails so often, and then compresses nothing. */
    private static final class FailingCompressor implements Compressor {

        private final Throwable failure;
        private int left;

        FailingCompressor(Throwable failure, int times) {
            this.failure = failure;
            this.left = times;
        }

        @Override
        public String encoding() {
            return null;
        }

        @Override
        public byte[] compress(byte[] data, int length) {
            if (left-- > 0) {
                FailingCompressor.<RuntimeException> sneak(failure);
            }
            return Arrays.copyOf(data, length);
        }

        @SuppressWarnings("unchecked")
        private static <E extends Throwable> void sneak(Throwable failure) throws E {
            throw (E) failure;
        }
    }

    /** Lets something happen between two steps of whoever uses it. */
    private static final class WatchedQueue implements EventQueue {

        private final InMemoryEventQueue queue = new InMemoryEventQueue(1000, 1_000_000, Overflow.REJECT);
        private boolean readable = true;
        private Error failure;
        private int looks;
        private Runnable afterLook;
        private boolean damaged;
        private long threshold;
        /** Runs once before the batcher waits for events again. */
        private volatile Runnable beforeWaiting;
        private final List<Long> acknowledged = new ArrayList<>();
        private Runnable afterTake = () -> {
        };

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
        public TakeResult take(int most) {
            if (!readable) {
                throw new UncheckedIOException(new IOException("can't be read"));
            }
            if (failure != null) {
                throw failure;
            }
            TakeResult taken = queue.take(most);
            if (damaged) {
                return new TakeResult(List.of(), taken.events().size(), 0);
            }
            afterTake.run();
            return taken;
        }

        @Override
        public OfferResult offer(QueuedEvent event) {
            return queue.offer(event);
        }

        @Override
        public void putBack(List<QueuedEvent> events) {
            queue.putBack(events);
        }

        @Override
        public QueueLevel level() {
            return queue.level();
        }

        @Override
        public void acknowledge(long sequence) {
            acknowledged.add(sequence);
        }

        @Override
        public void setThreshold(long events, long bytes) {
            Runnable task = beforeWaiting;
            if (task != null && threshold == Long.MAX_VALUE && events < Long.MAX_VALUE) {
                beforeWaiting = null;
                task.run();
            }
            threshold = events;
            queue.setThreshold(events, bytes);
        }

        @Override
        public List<QueuedEvent> drain() {
            return queue.drain();
        }
    }
}
