package io.quarkiverse.posthog.runtime.capture;

import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.background.Waiting;
import io.quarkiverse.posthog.runtime.capture.delivery.EventBatcher;
import io.quarkiverse.posthog.runtime.capture.delivery.EventBatchers;
import io.quarkiverse.posthog.runtime.capture.delivery.ImmediateCapture;
import io.quarkiverse.posthog.runtime.capture.event.CaptureHooks;
import io.quarkiverse.posthog.runtime.capture.event.EventEnricher;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.quarkiverse.posthog.runtime.capture.event.EventPreprocessor;
import io.quarkiverse.posthog.runtime.capture.event.Nesting;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult.Declined;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.event.Sampler;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryTracker;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.CaptureConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig.Overflow;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.quarkiverse.posthog.runtime.context.RequestDataProvider;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.support.CallerContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Captures the events of an account: decides which events are sent, and passes them to the batcher of their kind. */
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
    private final Map<EventKind, ImmediateCapture> immediate = new ConcurrentHashMap<>();
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
    public CapturePipeline resumed() {
        try {
            batchers.resume();
            return this;
        } catch (RuntimeException e) {
            batchers.close();
            throw e;
        }
    }

    /** Adds an event to its queue. Never fails. @return its UUID; empty if it was not accepted */
    public Optional<UUID> capture(CaptureRequest capture) {
        try {
            PreprocessingResult result = admit(capture);
            if (result instanceof Declined no) {
                tracker.declined(no.event(), no.reason(), no.detail());
                return Optional.empty();
            }
            return queue((QueuedEvent) result, capture.kind());
        } catch (Throwable e) {
            // The caller does not fail because of a hook or a property
            log.failed("could not capture an event", e);
            tracker.declined(capture.event(), DropReason.ENCODING_FAILED, e.toString());
            return Optional.empty();
        }
    }

    /** Counts, and logs, what could not even become an event. */
    public void decline(CaptureEvent event, DropReason reason, String detail) {
        tracker.declined(event, reason, detail);
    }

    private Optional<UUID> queue(QueuedEvent event, EventKind kind) {
        DropReason refusal = batchers.get(kind).offer(event);
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

    private PreprocessingResult admit(CaptureRequest capture) {
        if (closed.get()) {
            return new Declined(capture.event(), DropReason.CLOSED, null);
        }
        if (calls.account().projectApiKey().isEmpty()) {
            return new Declined(capture.event(), DropReason.NO_PROJECT_API_KEY,
                    "set " + AccountNames.key(calls.account().name(), "project-api-key"));
        }
        return preprocess(capture);
    }

    private PreprocessingResult preprocess(CaptureRequest capture) {
        return preprocessor.admit(capture.event(), () -> capture.request().apply(request), capture.finish());
    }

    /** Sends an event immediately. Completes with its UUID when PostHog has acknowledged it. */
    public Uni<UUID> captureImmediate(CaptureRequest capture) {
        PreprocessingResult result = closed.get() ? new Declined(capture.event(), DropReason.CLOSED, null)
                : preprocess(capture);
        if (result instanceof Declined no) {
            tracker.declinedToCaller(no.event(), no.reason(), no.detail());
            return switch (no.reason()) {
                case INVALID -> Uni.createFrom().failure(new IllegalArgumentException(no.detail()));
                case ENCODING_FAILED -> Uni.createFrom().failure(new IllegalStateException(no.detail()));
                default -> Uni.createFrom().nullItem();
            };
        }
        return Uni.createFrom().deferred(() -> {
            tracker.accepted((QueuedEvent) result);
            return immediate.computeIfAbsent(capture.kind(), batchers::immediate).capture((QueuedEvent) result);
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
