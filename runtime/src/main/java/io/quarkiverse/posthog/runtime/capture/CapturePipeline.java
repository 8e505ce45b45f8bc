package io.quarkiverse.posthog.runtime.capture;

import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureChannel;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.capture.EventDelivery;
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
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult.Discarded;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.event.Sampler;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.capture.queue.SpooledEventCodec;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryCallback;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryTracker;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.CaptureConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig.Overflow;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.quarkiverse.posthog.runtime.context.RequestDataProvider;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.RetryPolicy;
import io.quarkiverse.posthog.runtime.support.CallerContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Captures the events of an account: decides which events are sent, and passes them to the batcher of their kind. */
public final class CapturePipeline implements Closeable {

    /**
     * The maximum number of full batches of a stream in memory: one that is sent, one that is encoded, and two that are
     * received.
     */
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
    /** Receives the analytics events instead of their queue; null if there is no channel. */
    private final ChannelWriter channel;
    /** Created on first use. */
    private final Map<EventKind, ImmediateCapture> immediate = new ConcurrentHashMap<>();
    /** The running streams, and their operations. */
    private final Map<StreamCaptureSubscriber<?>, String> streams = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();
    /** Completes when the remaining events are sent. Shared by all callers. */
    private final AtomicReference<Uni<Void>> drained = new AtomicReference<>();

    /**
     * @param beforeSend is called when the first event is captured, like {@code listeners}
     * @param channel is called when an event is written to the channel of the account
     */
    public static CapturePipeline of(ApiExecutor calls, AccountExecutor background,
            Supplier<List<BeforeSend>> beforeSend, Supplier<List<CaptureListener>> listeners,
            Supplier<CaptureChannel> channel, RequestDataProvider request, String version) {
        return new CapturePipeline(calls, background,
                new CaptureHooks(calls.account().name(), beforeSend, listeners), channel, request, version).resumed();
    }

    /** Creates the pipeline of an account that was closed before it was used. Events are counted as dropped. */
    public static CapturePipeline closed(ApiExecutor calls, AccountExecutor background,
            String version) {
        CapturePipeline closed = new CapturePipeline(calls, background,
                new CaptureHooks(calls.account().name(), List::of, List::of), () -> null, () -> RequestData.NONE, version);
        closed.close();
        return closed;
    }

    CapturePipeline(ApiExecutor calls, AccountExecutor background, CaptureHooks hooks,
            Supplier<CaptureChannel> channel, RequestDataProvider request, String version) {
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
        this.channel = config.channel().map(name -> new ChannelWriter(account, name, channel, config.queue(),
                RetryPolicy.backoff(config.retry().initialDelay(), config.retry().maxDelay()), config.requestTimeout(),
                EventKind.ANALYTICS.maxEventBytes(config), new SpooledEventCodec(calls.mapper()), tracker, log, background))
                .orElse(null);
    }

    /** Sends the events that an earlier run left on disk. */
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
            PreprocessingResult result = process(capture);
            if (result instanceof Discarded discarded) {
                tracker.discarded(discarded);
                return Optional.empty();
            }
            return queue((QueuedEvent) result, capture.kind());
        } catch (Throwable e) {
            // The caller does not fail because of a hook or a property
            log.failed("could not capture an event", e);
            tracker.discarded(new Discarded(capture.event(), DropReason.ENCODING_FAILED, e.toString()));
            return Optional.empty();
        }
    }

    /** Counts and logs an event that could not be created. */
    public void discard(CaptureEvent event, DropReason reason, String detail) {
        tracker.discarded(new Discarded(event, reason, detail));
    }

    private Optional<UUID> queue(QueuedEvent captured, EventKind kind) {
        boolean toChannel = channel != null && kind == EventKind.ANALYTICS;
        QueuedEvent event = toChannel ? ChannelWriter.toWrite(captured) : captured;
        DropReason rejection = toChannel ? channel.offer(event) : batchers.get(kind).offer(event);
        if (rejection == null) {
            tracker.accepted(event);
            return Optional.of(event.uuid());
        }
        if (rejection == DropReason.QUEUE_FULL && config.queue().overflow() == Overflow.REJECT) {
            tracker.rejected(event.event());
        } else {
            tracker.discarded(new Discarded(event.event(), rejection, null));
        }
        return Optional.empty();
    }

    private PreprocessingResult process(CaptureRequest capture) {
        if (closed.get()) {
            return new Discarded(capture.event(), DropReason.CLOSED, null);
        }
        if (calls.account().projectApiKey().isEmpty()) {
            return new Discarded(capture.event(), DropReason.NO_PROJECT_API_KEY,
                    "set " + AccountNames.key(calls.account().name(), "project-api-key"));
        }
        return preprocess(capture);
    }

    private PreprocessingResult preprocess(CaptureRequest capture) {
        return preprocessor.process(capture.event(), () -> capture.request().apply(request), capture.finish());
    }

    /** The event that {@link #captureImmediate} sends, or the reason why it is discarded. Nothing is sent or counted. */
    public PreprocessingResult preview(CaptureRequest capture) {
        return closed.get() ? new Discarded(capture.event(), DropReason.CLOSED, null) : preprocess(capture);
    }

    /** Sends an event immediately. Completes with its UUID when PostHog has acknowledged it. */
    public Uni<UUID> captureImmediate(CaptureRequest capture) {
        PreprocessingResult result = preview(capture);
        if (result instanceof Discarded discarded) {
            tracker.discardedForCaller(discarded);
            return switch (discarded.reason()) {
                case INVALID -> Uni.createFrom().failure(new IllegalArgumentException(discarded.detail()));
                case ENCODING_FAILED -> Uni.createFrom().failure(new IllegalStateException(discarded.detail()));
                default -> Uni.createFrom().nullItem();
            };
        }
        return Uni.createFrom().deferred(() -> {
            tracker.accepted((QueuedEvent) result);
            return immediate.computeIfAbsent(capture.kind(), batchers::immediate).capture((QueuedEvent) result);
        });
    }

    public Uni<CaptureSummary> captureAll(Multi<CaptureEvent> events, boolean historical) {
        return stream("captureAll", events, () -> preprocessor::process, callback -> batchers.stream(callback, historical));
    }

    /** Sends events that were captured elsewhere unchanged. */
    public Uni<CaptureSummary> deliverAll(Multi<? extends EventDelivery> events) {
        return stream("deliverAll", events, () -> new DeliveryItems(preprocessor, log), batchers::deliveries);
    }

    private <T> Uni<CaptureSummary> stream(String operation, Multi<T> source, Supplier<StreamItems<? super T>> items,
            Function<DeliveryCallback, EventBatcher> batcher) {
        Nesting caller = Nesting.current();
        return Uni.createFrom().deferred(() -> CallerContext
                .keep(streamed(operation, source, items.get(), batcher, caller.and(Nesting.current()))));
    }

    private <T> Uni<CaptureSummary> streamed(String operation, Multi<T> source, StreamItems<? super T> items,
            Function<DeliveryCallback, EventBatcher> batcher, Nesting nesting) {
        return Uni.createFrom().emitter(emitter -> {
            if (calls.account().projectApiKey().isEmpty()) {
                emitter.fail(calls.missingKey(operation, "project-api-key"));
                return;
            }
            StreamCaptureSubscriber<T> stream = new StreamCaptureSubscriber<>(items, tracker, nesting, batcher,
                    STREAM_BATCHES * config.maxBatchEvents(), config.queue().maxSize().asLongValue(), emitter);
            streams.put(stream, operation);
            emitter.onTermination(() -> {
                streams.remove(stream);
                stream.cancel();
            });
            if (closed.get()) {
                emitter.fail(calls.closed(operation));
            } else {
                source.subscribe(stream);
            }
        });
    }

    public Uni<CaptureStatus> flush() {
        return Uni.createFrom().deferred(() -> CallerContext.keep(flushed()));
    }

    private Uni<CaptureStatus> flushed() {
        return Uni.createFrom().deferred(() -> {
            List<Uni<Void>> flushes = Stream.concat(running().map(EventBatcher::flush),
                    Stream.ofNullable(channel).map(writer -> writer.flush(true))).toList();
            return flushes.isEmpty() ? Uni.createFrom().item(this::status)
                    : Uni.join().all(flushes).andCollectFailures().map(ignored -> status());
        });
    }

    private Stream<EventBatcher> running() {
        return Stream.concat(batchers.started().stream(), streams.keySet().stream().map(StreamCaptureSubscriber::batcher));
    }

    public CaptureStatus status() {
        List<EventBatcher> running = running().toList();
        Optional<ChannelWriter> writer = Optional.ofNullable(channel);
        return new CaptureStatus(
                running.stream().mapToLong(EventBatcher::pending).sum() + writer.map(ChannelWriter::size).orElse(0),
                running.stream().mapToLong(EventBatcher::bytes).sum() + writer.map(ChannelWriter::bytes).orElse(0L),
                tracker.acceptedCount(), tracker.deliveredCount(), tracker.droppedCounts(),
                tracker.requestCount(), tracker.retryCount(),
                Stream.concat(running.stream().flatMap(batcher -> batcher.pausedUntil().stream()),
                        writer.map(ChannelWriter::pausedUntil).stream()).max(Instant::compareTo),
                writer.map(ChannelWriter::lastFailure).or(tracker::lastFailure));
    }

    public void optOut(boolean optedOut) {
        preprocessor.optOut(optedOut);
    }

    public boolean isOptedOut() {
        return preprocessor.isOptedOut();
    }

    /** Accepts no more events, and sends the remaining events until the configured timeout. Never fails. */
    public Uni<Void> drain() {
        closed.set(true);
        log.drops().closing();
        drained.compareAndSet(null, Uni.createFrom().deferred(this::drainNow).memoize().indefinitely());
        return drained.get();
    }

    private Uni<Void> drainNow() {
        Duration timeout = config.shutdownTimeout();
        List<EventBatcher> running = running().toList();
        if (running.isEmpty() && channel == null || timeout.isZero()) {
            return Uni.createFrom().voidItem();
        }
        Instant until = background.now().plus(timeout);
        Duration part = timeout.dividedBy(RESERVED_PART);
        Duration reserved = part.compareTo(MAX_RESERVED) < 0 ? part : MAX_RESERVED;
        List<Uni<Void>> drains = Stream.concat(running.stream().map(batcher -> batcher.drain(until, reserved)),
                Stream.ofNullable(channel).map(writer -> writer.flush(false))).toList();
        return Uni.join().all(drains).andCollectFailures().replaceWithVoid()
                .ifNoItem().after(timeout).recoverWithItem(() -> null)
                .onFailure().recoverWithNull();
    }

    /** Waits until the remaining events are sent, and logs the number of undelivered events. Not for event loops. */
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
        long left = Stream.concat(batchers.started().stream(),
                streams.keySet().stream().filter(stream -> !stream.isKept()).map(StreamCaptureSubscriber::batcher))
                .mapToLong(EventBatcher::pending).sum();
        streams.forEach((stream, operation) -> stream.fail(calls.closed(operation)));
        if (channel != null) {
            left += channel.size();
            channel.close();
        }
        batchers.close();
        long dropped = tracker.droppedCount(DropReason.CLOSED) - before;
        log.drops().closed(dropped, left - dropped);
    }
}
