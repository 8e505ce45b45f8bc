package io.quarkiverse.posthog.runtime.capture;

import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.background.Waiting;
import io.quarkiverse.posthog.runtime.capture.PreprocessingResult.Declined;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.CaptureConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig.Overflow;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.quarkiverse.posthog.runtime.context.RequestDataProvider;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.CallerContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** All capturing of an account: decides what is sent, and has a batcher for each kind of it. */
public final class CapturePipeline implements Closeable {

    /** How many full batches of a stream are in memory: one on its way, one encoded, the others arriving. */
    private static final int STREAM_BATCHES = 4;

    /** The time before the end of the shutdown timeout in which a last request can still succeed. */
    private static final Duration MAX_RESERVED = Duration.ofSeconds(1);
    private static final int RESERVED_PART = 10;

    private final ApiExecutor calls;
    private final AccountExecutor background;
    private final RequestDataProvider request;
    private final CaptureConfig config;
    private final EventPreprocessor preprocessor;
    private final CaptureLogger log;
    private final DeliveryTracker tracker;
    private final EventBatchers batchers;
    /** Created on first use. */
    private volatile ImmediateCapture immediate;
    private volatile ImmediateCapture immediateAi;
    private final Set<StreamCaptureSubscriber> streams = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();
    /** The end of the capturing, which all callers share. */
    private final AtomicReference<Uni<Void>> drained = new AtomicReference<>();

    /** @param beforeSend looked up when the first event is captured, as are the listeners */
    public static CapturePipeline of(ApiExecutor calls, AccountExecutor background,
            Supplier<List<BeforeSend>> beforeSend, Supplier<List<CaptureListener>> listeners, RequestDataProvider request,
            String version) {
        return new CapturePipeline(calls, background,
                new CaptureHooks(calls.account().name(), beforeSend, listeners), request, version).resumed();
    }

    /** The capturing of an account that was closed before it was used: events are counted as dropped. */
    public static CapturePipeline closed(ApiExecutor calls, AccountExecutor background,
            String version) {
        CapturePipeline closed = new CapturePipeline(calls, background,
                new CaptureHooks(calls.account().name(), List::of, List::of), () -> RequestData.NONE, version);
        closed.close();
        return closed;
    }

    CapturePipeline(ApiExecutor calls, AccountExecutor background, CaptureHooks hooks,
            RequestDataProvider request, String version) {
        this.calls = calls;
        this.background = background;
        this.request = request;
        this.config = calls.account().config().capture();
        String account = calls.account().name();
        this.log = new CaptureLogger(account, background);
        this.tracker = new DeliveryTracker(account, hooks, log);
        this.preprocessor = new EventPreprocessor(account, log, new EventEnricher(calls::values, version, config.geoip()),
                new Sampler(config.sampling()), hooks, config.enabled());
        this.batchers = new EventBatchers(calls, background, tracker, log, version);
    }

    /** Sends what an earlier run left on disk. */
    CapturePipeline resumed() {
        try {
            batchers.resume();
            return this;
        } catch (RuntimeException e) {
            batchers.close();
            throw e;
        }
    }

    public Optional<UUID> capture(CaptureEvent event) {
        return capture(event, UnaryOperator.identity());
    }

    /** @param finish what is done with the event when everything was added to it */
    public Optional<UUID> capture(CaptureEvent event, UnaryOperator<CaptureEvent> finish) {
        return capture(event, request::data, finish, false);
    }

    /** @param taken what is taken of the request that the event is captured in */
    public Optional<UUID> captureInRequest(CaptureEvent event, UnaryOperator<RequestData> taken) {
        return capture(event, () -> taken.apply(request.data()), UnaryOperator.identity(), false);
    }

    /** @param request what the event belongs to, which may be over by now */
    public Optional<UUID> capture(CaptureEvent event, RequestData request) {
        return capture(event, () -> request, UnaryOperator.identity(), false);
    }

    public Optional<UUID> captureAi(CaptureEvent event) {
        return capture(event, request::data, UnaryOperator.identity(), true);
    }

    /** Counts, and logs, what could not even become an event. */
    public void decline(CaptureEvent event, DropReason reason, String detail) {
        tracker.declined(event, reason, detail);
    }

    private Optional<UUID> capture(CaptureEvent event, Supplier<RequestData> request,
            UnaryOperator<CaptureEvent> finish, boolean ai) {
        try {
            PreprocessingResult admission = admit(event, request, finish);
            if (admission instanceof Declined no) {
                tracker.declined(no.event(), no.reason(), no.detail());
                return Optional.empty();
            }
            return queue((QueuedEvent) admission, ai);
        } catch (Throwable e) {
            // Whatever somebody's hook or property throws is no reason for the caller to fail
            log.failed("could not capture an event", e);
            tracker.declined(event, DropReason.FAILED, e.toString());
            return Optional.empty();
        }
    }

    private Optional<UUID> queue(QueuedEvent event, boolean ai) {
        DropReason refusal = (ai ? batchers.ai() : batchers.analytics()).offer(event);
        if (refusal == null) {
            tracker.accepted(event);
            return Optional.of(event.uuid());
        }
        if (refusal == DropReason.QUEUE_FULL && config.queue().overflow() == Overflow.REJECT) {
            tracker.rejected(event.event());
        } else {
            tracker.declined(event.event(), refusal, null);
        }
        return Optional.empty();
    }

    private PreprocessingResult admit(CaptureEvent event, Supplier<RequestData> request, UnaryOperator<CaptureEvent> finish) {
        if (closed.get()) {
            return new Declined(event, DropReason.CLOSED, null);
        }
        if (calls.account().projectApiKey().isEmpty()) {
            return new Declined(event, DropReason.NO_PROJECT_KEY,
                    "set " + AccountNames.key(calls.account().name(), "project-api-key"));
        }
        return preprocessor.admit(event, request, finish);
    }

    public Uni<UUID> captureNow(CaptureEvent event) {
        return captureNow(event, this::immediate);
    }

    public Uni<UUID> captureAiNow(CaptureEvent event) {
        return captureNow(event, this::immediateAi);
    }

    private ImmediateCapture immediate() {
        if (immediate == null) {
            immediate = batchers.immediate(false);
        }
        return immediate;
    }

    private ImmediateCapture immediateAi() {
        if (immediateAi == null) {
            immediateAi = batchers.immediate(true);
        }
        return immediateAi;
    }

    private Uni<UUID> captureNow(CaptureEvent event, Supplier<ImmediateCapture> capture) {
        PreprocessingResult admission = closed.get() ? new Declined(event, DropReason.CLOSED, null)
                : preprocessor.admit(event, request::data, UnaryOperator.identity());
        if (admission instanceof Declined no) {
            tracker.declinedToCaller(no.event(), no.reason(), no.detail());
            return switch (no.reason()) {
                case INVALID -> Uni.createFrom().failure(new IllegalArgumentException(no.detail()));
                case FAILED -> Uni.createFrom().failure(new IllegalStateException(no.detail()));
                default -> Uni.createFrom().nullItem();
            };
        }
        return Uni.createFrom().deferred(() -> {
            tracker.accepted((QueuedEvent) admission);
            return capture.get().capture((QueuedEvent) admission);
        });
    }

    public Uni<CaptureSummary> captureAll(Multi<CaptureEvent> events, boolean historical) {
        Nesting caller = Nesting.current();
        return Uni.createFrom()
                .deferred(() -> CallerContext.keep(captured(events, historical, caller.and(Nesting.current()))));
    }

    private Uni<CaptureSummary> captured(Multi<CaptureEvent> events, boolean historical, Nesting nesting) {
        return Uni.createFrom().emitter(emitter -> {
            if (calls.account().projectApiKey().isEmpty()) {
                emitter.fail(calls.missingKey("captureAll", "project-api-key"));
                return;
            }
            StreamCaptureSubscriber stream = new StreamCaptureSubscriber(preprocessor, tracker, nesting,
                    callback -> batchers.stream(callback, historical),
                    STREAM_BATCHES * config.maxBatchEvents(), config.queue().maxSize().asLongValue(), emitter);
            streams.add(stream);
            emitter.onTermination(() -> {
                streams.remove(stream);
                stream.cancel();
            });
            if (closed.get()) {
                stream.close(calls.closed("captureAll"));
            } else {
                events.subscribe(stream);
            }
        });
    }

    public Uni<CaptureStatus> flush() {
        return Uni.createFrom().deferred(() -> CallerContext.keep(flushed()));
    }

    private Uni<CaptureStatus> flushed() {
        return Uni.createFrom().deferred(() -> {
            List<Uni<Void>> flushes = running().map(EventBatcher::flush).toList();
            return flushes.isEmpty() ? Uni.createFrom().item(this::status)
                    : Uni.join().all(flushes).andCollectFailures().map(ignored -> status());
        });
    }

    private Stream<EventBatcher> running() {
        return Stream.concat(batchers.started().stream(), streams.stream().map(StreamCaptureSubscriber::batcher));
    }

    public CaptureStatus status() {
        List<EventBatcher> running = running().toList();
        return new CaptureStatus(running.stream().mapToLong(EventBatcher::pending).sum(),
                running.stream().mapToLong(EventBatcher::bytes).sum(),
                tracker.acceptedCount(), tracker.deliveredCount(), tracker.droppedCounts(),
                tracker.requestCount(), tracker.retryCount(),
                running.stream().flatMap(batcher -> batcher.pausedUntil().stream()).max(Instant::compareTo),
                tracker.lastFailure());
    }

    public void optOut(boolean optedOut) {
        preprocessor.optOut(optedOut);
    }

    public boolean isOptedOut() {
        return preprocessor.isOptedOut();
    }

    /** Takes no more events, and sends what is left for as long as the configuration allows. Never fails. */
    public Uni<Void> drain() {
        closed.set(true);
        log.drops().closing();
        drained.compareAndSet(null, Uni.createFrom().deferred(this::drainNow).memoize().indefinitely());
        return drained.get();
    }

    private Uni<Void> drainNow() {
        Duration timeout = config.shutdownTimeout();
        List<EventBatcher> running = running().toList();
        if (running.isEmpty() || timeout.isZero()) {
            return Uni.createFrom().voidItem();
        }
        Instant until = background.now().plus(timeout);
        Duration part = timeout.dividedBy(RESERVED_PART);
        Duration reserved = part.compareTo(MAX_RESERVED) < 0 ? part : MAX_RESERVED;
        List<Uni<Void>> drains = running.stream().map(batcher -> batcher.drain(until, reserved)).toList();
        return Uni.join().all(drains).andCollectFailures().replaceWithVoid()
                .ifNoItem().after(timeout).recoverWithItem(() -> null)
                .onFailure().recoverWithNull();
    }

    /** Waits until what is left was sent, and says how much was not delivered. Not for event loops. */
    @Override
    public void close() {
        try {
            Waiting.forEnd(drain());
        } finally {
            if (stopped.compareAndSet(false, true)) {
                stop();
            }
        }
    }

    private void stop() {
        log.drops().stopping();
        long before = tracker.droppedCount(DropReason.CLOSED);
        long left = running().mapToLong(EventBatcher::pending).sum();
        streams.forEach(stream -> stream.close(calls.closed("captureAll")));
        batchers.close();
        long dropped = tracker.droppedCount(DropReason.CLOSED) - before;
        log.drops().closed(dropped, left - dropped);
    }
}
