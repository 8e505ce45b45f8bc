package io.quarkiverse.posthog.runtime.capture.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jboss.resteasy.reactive.RestResponse;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DeliveryAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.IngestionStub;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Answer;
import io.quarkiverse.posthog.runtime.capture.IngestionStub.Request;
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
import io.quarkiverse.posthog.runtime.capture.wire.Protocol;
import io.quarkiverse.posthog.runtime.capture.wire.ProtocolV0;
import io.quarkiverse.posthog.runtime.capture.wire.ProtocolV1;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig.Overflow;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.rest.RetryPolicy;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;

/** A batcher of a {@link BatcherSimulation}, with a model of its events and flushes. */
final class SimulatedBatcher implements DeliveryCallback {

    static final Duration INTERVAL = Duration.ofMillis(4321);

    private static final ResolvedAccountConfig ACCOUNT = TestAccounts.account("project-api-key", "phc_test");
    private static final long MAX_BYTES = 10_000;

    private final String name;
    private final BatcherSimulation simulation;
    private final Random random;
    private final RandomExecutor tasks;
    private final EventBatcherSettings settings;
    private final SimulatedQueue queue;
    private final EventBatcher batcher;
    private final ReentrantLock lock;
    private final boolean spooled;

    /** The accepted events, in order; the position of an event is its number. */
    private final List<String> accepted = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> attempted = new HashSet<>();
    private final List<SimulatedFlush> flushes = new ArrayList<>();
    private int lastFirstAttempt = -1;
    private int lostInQueue;
    private int reportedLost;
    private int created;
    private Request request;
    private UniEmitter<? super RestResponse<String>> response;
    private boolean closed;

    SimulatedBatcher(String name, BatcherSimulation simulation) {
        this.name = name;
        this.simulation = simulation;
        this.random = simulation.random;
        this.tasks = new RandomExecutor(simulation, this);
        this.spooled = random.nextInt(3) == 0;
        this.settings = new EventBatcherSettings(1 + random.nextInt(6), 200 + random.nextInt(1000), INTERVAL,
                1 + random.nextInt(6));
        this.queue = new SimulatedQueue(2 + random.nextInt(30), Overflow.values()[random.nextInt(Overflow.values().length)]);
        IngestionStub postHog = new IngestionStub();
        postHog.always(this::request);
        CaptureLogger log = new CaptureLogger(name, tasks);
        Protocol protocol = random.nextBoolean()
                ? new ProtocolV1(TestAccounts.mapper(), "capture", "phc_test", "1.2.3", false)
                : new ProtocolV0(TestAccounts.mapper(), "capture", "phc_test", false, EventKind.ANALYTICS);
        BatchEncoder encoder = new BatchEncoder(protocol, TestAccounts.mapper().getFactory(), new SimulatedCompressor(), 2000,
                600 + random.nextInt(3000));
        BatchSender sender = new BatchSender(
                TestAccounts.calls(postHog, ACCOUNT), protocol, encoder,
                new RetryPolicy(3, RetryPolicy.backoff(Duration.ofMillis(500), Duration.ofSeconds(2)), Duration.ofSeconds(2),
                        true),
                this, log, true);
        this.batcher = new EventBatcher(settings, queue, sender, this, simulation.circuit, log, tasks);
        this.lock = lockOf(batcher);
    }

    private static ReentrantLock lockOf(EventBatcher batcher) {
        try {
            Field field = EventBatcher.class.getDeclaredField("lock");
            field.setAccessible(true);
            return (ReentrantLock) field.get(batcher);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    RandomExecutor tasks() {
        return tasks;
    }

    /** An effect runs, which must not happen under the lock. */
    void entered(String effect) {
        if (lock != null) {
            verify(() -> assertThat(lock.isHeldByCurrentThread()).as(name + ": lock held during " + effect).isFalse());
        }
    }

    private void verify(Runnable assertion) {
        simulation.verify(assertion);
    }

    void offer() {
        QueuedEvent event = event();
        String offered = event.event().event();
        simulation.note(offered + " offered");
        DropReason rejection = batcher.offer(event);
        verify(() -> assertThat(rejection == null).as("acceptance of " + offered).isEqualTo(numbers.containsKey(offered)));
    }

    private QueuedEvent event() {
        CaptureEvent event = CaptureEvent.of(name + created++, "zoey").uuid(UUID.randomUUID()).timestamp(simulation.now());
        event = switch (random.nextInt(30)) {
            case 0 -> event.property("unwritable", Map.of(1, "one"));
            case 1 -> event.property("large", "x".repeat(3000));
            default -> event.property("text", "x".repeat(random.nextInt(100)));
        };
        return new QueuedEvent(event, 10 + random.nextInt(200));
    }

    void flush() {
        tasks.resetRejected();
        follow("flush", batcher.flush());
    }

    void drain() {
        tasks.resetRejected();
        follow("drain", batcher.drain(simulation.now().plusSeconds(10), Duration.ofSeconds(1)));
    }

    private void follow(String kind, Uni<Void> uni) {
        SimulatedFlush flush = new SimulatedFlush(accepted.size(), tasks.pauses(), batcher.pausedUntil().isPresent());
        simulation.note(name + " " + kind + " of " + flush.upTo);
        flushes.add(flush);
        Cancellable subscription = uni.subscribe().with(done -> flushed(kind, flush));
        if (random.nextInt(20) == 0) {
            flushes.remove(flush);
            subscription.cancel();
        }
    }

    private void flushed(String kind, SimulatedFlush flush) {
        entered("end of flush");
        simulation.note(name + " " + kind + " of " + flush.upTo + " ends");
        flushes.remove(flush);
        boolean paused = flush.paused || tasks.pauses() > flush.pausesBefore || batcher.pausedUntil().isPresent();
        verify(() -> assertThat(closed || paused || ended() >= flush.upTo).as("reason for the end of a flush").isTrue());
        simulation.interleave();
    }

    private int ended() {
        return ended.size();
    }

    void close() {
        simulation.note(name + " closes");
        closed = true;
        batcher.close();
        verify(() -> assertThat(queue.size()).isZero());
    }

    private Uni<RestResponse<String>> request(Request sent) {
        entered("request");
        simulation.note(name + " sends " + sent.names());
        verify(() -> assertThat(response).as("only one request").isNull());
        verify(() -> assertThat(closed).as("requests after closing").isFalse());
        for (String event : sent.names()) {
            verify(() -> assertThat(ended).as("events that are sent").doesNotContain(event));
            if (attempted.add(event)) {
                verify(() -> assertThat(numbers.get(event)).as("order of first attempts").isGreaterThan(lastFirstAttempt));
                lastFirstAttempt = numbers.get(event);
            }
        }
        if (random.nextInt(4) == 0) {
            return answer(sent).to(sent);
        }
        return Uni.createFrom().<RestResponse<String>> emitter(emitter -> {
            request = sent;
            response = emitter;
        }).onCancellation().invoke(() -> {
            entered("cancellation");
            verify(() -> assertThat(closed).isTrue());
            response = null;
        });
    }

    void respond() {
        if (response != null) {
            UniEmitter<? super RestResponse<String>> emitter = response;
            response = null;
            answer(request).to(request).subscribe().with(emitter::complete, emitter::fail);
        }
    }

    private Answer answer(Request sent) {
        int kind = simulation.fails(60) ? random.nextInt(10) : 10;
        simulation.note(name + " gets answer " + kind);
        return switch (kind) {
            case 0 -> IngestionStub.status(503);
            case 1 -> IngestionStub.status(503, "1");
            case 2 -> IngestionStub.status(429, "2");
            case 3, 4 -> IngestionStub.status(413);
            case 5 -> IngestionStub.rejecting(event -> event.endsWith("3"));
            case 6 -> IngestionStub.refusedConnection();
            case 7 -> IngestionStub.text("<html>");
            case 8 -> IngestionStub.failure(new IllegalStateException("unexpected"));
            case 9 -> results(sent, () -> random.nextInt(4));
            default -> results(sent, () -> 0);
        };
    }

    /** Protocol v0 accepts any JSON, protocol v1 has a result for each event. */
    private static Answer results(Request sent, Supplier<Integer> kind) {
        return IngestionStub.results(sent.names().stream().map(event -> switch (kind.get()) {
            case 1 -> "retry";
            case 2 -> "drop";
            default -> "ok";
        }).toArray(String[]::new));
    }

    void check() {
        if (!closed) {
            assertThat(batcher.pending()).as(name + ": pending events").isEqualTo(accepted.size() - ended());
        }
        if (!closed && !tasks.hasRejected()) {
            boolean waits = flushes.stream().anyMatch(flush -> ended() < flush.upTo);
            boolean due = queue.size() >= settings.flushAt() || queue.bytes() >= settings.flushAtBytes();
            if (waits || due && queue.size() > 0) {
                assertThat(tasks.isBusy() || response != null).as(name + ": work is scheduled").isTrue();
            }
            assertThat(queue.size() == 0 || tasks.hasFlushTimer()).as(name + ": flush timer").isTrue();
            assertThat(batcher.pending() == 0 || response != null || !tasks.isIdle()).as(name + ": wake-up").isTrue();
        }
        assertThat(flushes).as(name + ": open flushes").allMatch(flush -> !closed && ended() < flush.upTo);
        assertThat(reportedLost).as(name + ": events lost in the queue").isEqualTo(lostInQueue);
    }

    void finishWork() {
        while (tasks.hasTasks() || response != null) {
            tasks.runAny();
            respond();
        }
    }

    void checkAllEnded() {
        if (!closed || !spooled) {
            assertThat(ended).as(name + ": ended events").hasSameElementsAs(accepted);
        }
        assertThat(flushes).isEmpty();
        if (!closed) {
            assertThat(batcher.pending()).isZero();
            assertThat(batcher.bytes()).isZero();
        }
    }

    @Override
    public void delivered(List<QueuedEvent> events) {
        end("delivered", events);
    }

    @Override
    public void dropped(List<QueuedEvent> events, DropReason reason, String detail) {
        if (reason == DropReason.CLOSED) {
            verify(() -> assertThat(closed).isTrue());
            verify(() -> assertThat(spooled).isFalse());
        }
        end("dropped (" + reason + ")", events);
    }

    private void end(String how, Collection<QueuedEvent> events) {
        entered("callback");
        for (QueuedEvent event : events) {
            String ending = event.event().event();
            simulation.note(ending + " " + how);
            verify(() -> assertThat(numbers).as("accepted events").containsKey(ending));
            verify(() -> assertThat(ended.add(ending)).as(ending + " ends once").isTrue());
        }
        simulation.interleave();
        if (simulation.fails(3)) {
            throw new IllegalStateException("broken listener");
        }
    }

    @Override
    public void dropped(long count, DropReason reason, String detail) {
        entered("callback");
        verify(() -> assertThat(reason).isEqualTo(DropReason.SPOOL_FAILED));
        reportedLost += count;
        simulation.interleave();
    }

    @Override
    public void attempted(Batch batch, String failure, Supplier<DeliveryAttempt> details) {
        entered("callback");
        simulation.interleave();
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * A flush that is not over.
     *
     * @param upTo the number of events before it
     * @param pausesBefore the number of pauses before it
     * @param paused whether it began in a pause
     */
    private static final class SimulatedFlush {

        private final int upTo;
        private final int pausesBefore;
        private final boolean paused;

        SimulatedFlush(int upTo, int pausesBefore, boolean paused) {
            this.upTo = upTo;
            this.pausesBefore = pausesBefore;
            this.paused = paused;
        }
    }

    /** Fails sometimes, and lets other threads do something during compression. */
    private final class SimulatedCompressor implements Compressor {

        @Override
        public String encoding() {
            return null;
        }

        @Override
        public byte[] compress(byte[] data, int length) {
            entered("encoding");
            simulation.interleave();
            if (simulation.fails(5)) {
                throw new IllegalStateException("no memory");
            }
            return Arrays.copyOf(data, length);
        }
    }

    /** Fails sometimes, loses events sometimes, and lets other threads do something meanwhile. */
    private final class SimulatedQueue implements EventQueue {

        private final int maxEvents;
        private final InMemoryEventQueue queue;
        private long sequence;

        SimulatedQueue(int maxEvents, Overflow overflow) {
            this.maxEvents = maxEvents;
            this.queue = new InMemoryEventQueue(maxEvents, MAX_BYTES, overflow);
        }

        /** Another thread adds an event during a transition, and cannot notify the batcher before it ends. */
        private void offerDuringTransition(int percent) {
            while (lock != null && lock.isHeldByCurrentThread() && simulation.fails(percent) && queue.size() < maxEvents
                    && queue.bytes() < MAX_BYTES / 2) {
                QueuedEvent event = event();
                simulation.note(event.event().event() + " offered during a transition");
                add(event);
                if (queue.isThresholdReached()) {
                    simulation.afterwards(batcher::start);
                }
            }
        }

        @Override
        public OfferResult offer(QueuedEvent event) {
            entered("offer");
            OfferResult result = add(event);
            if (!result.isRejected()) {
                tasks.resetRejected();
            }
            // Another thread may add events, or the batcher may check the queue, before this thread checks the threshold
            simulation.interleave();
            return result;
        }

        private OfferResult add(QueuedEvent event) {
            OfferResult result = queue.offer(spooled ? event.at(sequence + 1) : event);
            if (!result.isRejected()) {
                String added = event.event().event();
                sequence++;
                numbers.put(added, accepted.size());
                accepted.add(added);
            }
            return result;
        }

        @Override
        public TakeResult take(int max) {
            entered("take");
            simulation.interleave();
            if (simulation.fails(5)) {
                throw new UncheckedIOException(new IOException("can't be read"));
            }
            int lost = 0;
            if (spooled && simulation.fails(5)) {
                for (QueuedEvent damaged : queue.take(1).events()) {
                    simulation.note(damaged.event().event() + " lost");
                    verify(() -> assertThat(ended.add(damaged.event().event())).isTrue());
                    lost++;
                }
            }
            lostInQueue += lost;
            TakeResult taken = new TakeResult(queue.take(max).events(), lost, 0);
            simulation.interleave();
            return taken;
        }

        @Override
        public void putBack(List<QueuedEvent> events) {
            entered("putBack");
            queue.putBack(events);
            simulation.interleave();
        }

        @Override
        public void acknowledge(long upTo) {
            entered("acknowledge");
            if (spooled) {
                int acknowledged = (int) Math.min(Math.max(0, upTo), accepted.size());
                verify(() -> assertThat(ended).as("events that are acknowledged in the spool")
                        .containsAll(accepted.subList(0, acknowledged)));
            }
        }

        @Override
        public long size() {
            offerDuringTransition(4);
            return queue.size();
        }

        @Override
        public QueueLevel level() {
            return queue.level();
        }

        @Override
        public void setThreshold(long events, long bytes) {
            // Most likely when a wake-up could be missed
            offerDuringTransition(events == Long.MAX_VALUE ? 4 : 50);
            queue.setThreshold(events, bytes);
            offerDuringTransition(4);
        }

        @Override
        public List<QueuedEvent> drain() {
            entered("drain");
            simulation.interleave();
            return queue.drain();
        }

        @Override
        public void close() {
            entered("close");
            simulation.interleave();
        }
    }
}
