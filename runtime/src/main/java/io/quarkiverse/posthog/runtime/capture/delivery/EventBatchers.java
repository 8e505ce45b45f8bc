package io.quarkiverse.posthog.runtime.capture.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.capture.delivery.EventBatcher.EventBatcherSettings;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.capture.queue.EventQueue;
import io.quarkiverse.posthog.runtime.capture.queue.InMemoryEventQueue;
import io.quarkiverse.posthog.runtime.capture.queue.SpoolFactory;
import io.quarkiverse.posthog.runtime.capture.queue.SpooledEventCodec;
import io.quarkiverse.posthog.runtime.capture.queue.SpoolingEventQueue;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryCallback;
import io.quarkiverse.posthog.runtime.capture.report.DeliveryTracker;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder;
import io.quarkiverse.posthog.runtime.capture.wire.Compressor;
import io.quarkiverse.posthog.runtime.capture.wire.Protocol;
import io.quarkiverse.posthog.runtime.capture.wire.ProtocolV0;
import io.quarkiverse.posthog.runtime.capture.wire.ProtocolV1;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.CaptureConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.CaptureProtocol;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.CaptureRetryConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.Compression;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig.Overflow;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.RetryPolicy;

/** Creates the batchers of an account on first use. */
public final class EventBatchers {

    private static final int DEFAULT_MAX_RETRIES = 100;
    private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(30);

    private final ApiExecutor calls;
    private final ResolvedAccountConfig account;
    private final CaptureConfig config;
    private final AccountExecutor background;
    private final DeliveryTracker tracker;
    private final CaptureLogger log;
    private final String version;
    private final Compressor compressor;
    private final Compressor compressorV0;
    private final CircuitBreaker circuit;

    private final ReentrantLock lock = new ReentrantLock();
    /** Copied when a batcher is added. */
    private volatile Map<EventKind, EventBatcher> batchers = new EnumMap<>(EventKind.class);
    private boolean closed;

    public EventBatchers(ApiExecutor calls, AccountExecutor background, DeliveryTracker tracker, CaptureLogger log,
            String version) {
        this.calls = calls;
        this.account = calls.account();
        this.config = account.config().capture();
        this.background = background;
        this.tracker = tracker;
        this.log = log;
        this.version = version;
        this.compressor = Compressor.of(config.compression(), AccountNames.key(account.name(), "capture.compression"));
        this.compressorV0 = config.compression() == Compression.NONE || config.compression() == Compression.GZIP ? compressor
                : Compressor.of(Compression.GZIP, null);
        this.circuit = new CircuitBreaker(config.requestTimeout());
    }

    /** Sends the events that an earlier run left on disk without waiting for a new event. */
    public void resume() {
        if (config.spool().directory().isPresent() && account.projectApiKey().isPresent()) {
            for (EventKind kind : EventKind.values()) {
                get(kind);
            }
        }
    }

    public EventBatcher get(EventKind kind) {
        EventBatcher batcher = batchers.get(kind);
        return batcher == null ? start(kind) : batcher;
    }

    private EventBatcher start(EventKind kind) {
        lock.lock();
        try {
            EventBatcher batcher = batchers.get(kind);
            if (batcher == null) {
                batcher = batcher(config.flushAt(),
                        sender(kind, kind.operation(), config.historicalMigration(), queueRetryPolicy(), tracker, true),
                        queue(kind), tracker);
                if (closed) {
                    batcher.close();
                } else {
                    batcher.start();
                }
                Map<EventKind, EventBatcher> added = new EnumMap<>(batchers);
                added.put(kind, batcher);
                batchers = added;
            }
            return batcher;
        } finally {
            lock.unlock();
        }
    }

    /** Creates a batcher for a stream, which requests events from upstream only when the queue has space. */
    public EventBatcher stream(DeliveryCallback callback, boolean historical) {
        return stream(callback, historical ? "captureHistorical" : "captureAll", historical, queueRetryPolicy(), true);
    }

    /** Creates a batcher for a stream of events that another system keeps until they are delivered. */
    public EventBatcher deliveries(DeliveryCallback callback) {
        return stream(callback, "deliverAll", false, retryPolicy(Integer.MAX_VALUE), false);
    }

    private EventBatcher stream(DeliveryCallback callback, String operation, boolean historical, RetryPolicy retries,
            boolean endsWithAccount) {
        // At most one batch, or the stream would wait for the flush interval repeatedly
        return batcher(Math.min(config.flushAt(), config.maxBatchEvents()),
                sender(EventKind.ANALYTICS, operation, historical || config.historicalMigration(), retries, callback,
                        endsWithAccount),
                new InMemoryEventQueue(Integer.MAX_VALUE, Long.MAX_VALUE, Overflow.REJECT), callback);
    }

    /** Creates the delivery of events that are not queued. */
    public ImmediateCapture immediate(EventKind kind) {
        DeliveryCallback callback = tracker.withoutLogging();
        BatchSender sender = sender(kind, kind.immediateOperation(), config.historicalMigration(),
                RetryPolicy.of(account.config().retry()), callback, true);
        return new ImmediateCapture(sender, callback, background, calls);
    }

    private EventBatcher batcher(int flushAt, BatchSender sender, EventQueue queue, DeliveryCallback callback) {
        // Before the queue is full, also when a few large events fill it
        long flushAtBytes = Math.min(config.maxBatchSize().asLongValue(), config.queue().maxSize().asLongValue() / 4);
        EventBatcherSettings settings = new EventBatcherSettings(flushAt, flushAtBytes, config.flushInterval(),
                config.maxBatchEvents());
        return new EventBatcher(settings, queue, sender, callback, circuit, log, background);
    }

    private EventQueue queue(EventKind kind) {
        return config.spool().directory()
                .map(directory -> spooled(directory, kind))
                .orElseGet(() -> new InMemoryEventQueue(config.queue().maxEvents(), config.queue().maxSize().asLongValue(),
                        config.queue().overflow()));
    }

    private EventQueue spooled(Path directory, EventKind kind) {
        try {
            return new SpoolingEventQueue(SpoolFactory.create(directory, account.name(), kind.directory()), config.spool(),
                    config.queue(), new SpooledEventCodec(calls.mapper()), background, log);
        } catch (IOException e) {
            throw new IllegalStateException(AccountNames.key(account.name(), "capture.spool.directory") + ": "
                    + e.getMessage(), e);
        }
    }

    private BatchSender sender(EventKind kind, String operation, boolean historical, RetryPolicy retries,
            DeliveryCallback callback, boolean endsWithAccount) {
        boolean v0 = kind.protocol(config) == CaptureProtocol.V0;
        String key = account.projectApiKey().orElse("");
        Protocol protocol = v0 ? new ProtocolV0(calls.mapper(), operation, key, historical, kind)
                : new ProtocolV1(calls.mapper(), operation, key, version, historical);
        BatchEncoder encoder = new BatchEncoder(protocol, calls.mapper().getFactory(), v0 ? compressorV0 : compressor,
                kind.maxEventBytes(config), kind.maxBatchBytes(config));
        return new BatchSender(calls, protocol, encoder, retries, callback, log, endsWithAccount);
    }

    private RetryPolicy queueRetryPolicy() {
        int maxRetries = config.retry().maxRetries();
        int unlessSet = config.spool().directory().isPresent() ? Integer.MAX_VALUE : DEFAULT_MAX_RETRIES;
        return retryPolicy(maxRetries < 0 ? unlessSet : maxRetries);
    }

    private RetryPolicy retryPolicy(int maxRetries) {
        CaptureRetryConfig retry = config.retry();
        Duration maxRetryAfter = retry.maxDelay().compareTo(MAX_RETRY_AFTER) < 0 ? MAX_RETRY_AFTER : retry.maxDelay();
        return new RetryPolicy(maxRetries, RetryPolicy.backoff(retry.initialDelay(), retry.maxDelay()), maxRetryAfter, true);
    }

    /** The batchers that have been created. */
    public List<EventBatcher> started() {
        return List.copyOf(batchers.values());
    }

    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        started().forEach(EventBatcher::close);
        compressor.close();
        compressorV0.close();
    }
}
