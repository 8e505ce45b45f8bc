package io.quarkiverse.posthog.runtime.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.capture.EventBatcher.EventBatcherSettings;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.CaptureConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.CaptureProtocol;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.CaptureRetryConfig;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.Compression;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig.Overflow;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.RetryPolicy;
import io.quarkiverse.posthog.runtime.rest.VertxDelays;

/** Creates the batchers of an account on first use. */
final class EventBatchers {

    private static final int DEFAULT_MAX_RETRIES = 100;
    private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(30);

    private final ApiExecutor calls;
    private final ResolvedAccountConfig account;
    private final CaptureConfig config;
    private final ObjectMapper mapper;
    private final AccountExecutor background;
    private final DeliveryTracker tracker;
    private final CaptureLogger log;
    private final String version;
    private final Compressor compressor;
    private final Compressor compressorV0;
    private final CircuitBreaker circuit;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile EventBatcher analytics;
    private volatile EventBatcher ai;
    private boolean closed;

    EventBatchers(ApiExecutor calls, AccountExecutor background, DeliveryTracker tracker, CaptureLogger log,
            String version) {
        this.calls = calls;
        this.account = calls.account();
        this.config = account.config().capture();
        this.mapper = calls.mapper();
        this.background = background;
        this.tracker = tracker;
        this.log = log;
        this.version = version;
        this.compressor = Compressor.of(config.compression(), AccountNames.key(account.name(), "capture.compression"));
        this.compressorV0 = config.compression() == Compression.NONE || config.compression() == Compression.GZIP ? compressor
                : Compressor.of(Compression.GZIP, null);
        this.circuit = new CircuitBreaker(config.timeout());
    }

    /** What an earlier run left on disk is sent without waiting for a new event. */
    void resume() {
        if (config.spool().directory().isPresent() && account.projectApiKey().isPresent()) {
            analytics();
            ai();
        }
    }

    EventBatcher analytics() {
        EventBatcher batcher = analytics;
        return batcher == null ? start(false) : batcher;
    }

    EventBatcher ai() {
        EventBatcher batcher = ai;
        return batcher == null ? start(true) : batcher;
    }

    private EventBatcher start(boolean forAi) {
        lock.lock();
        try {
            EventBatcher batcher = forAi ? ai : analytics;
            if (batcher == null) {
                batcher = batcher(config.flushAt(),
                        sender(protocol(forAi ? "captureAi" : "capture", forAi, config.historicalMigration()),
                                forAi, queueRetryPolicy(), tracker),
                        queue(forAi), tracker);
                if (closed) {
                    batcher.close();
                } else {
                    batcher.start();
                }
                if (forAi) {
                    ai = batcher;
                } else {
                    analytics = batcher;
                }
            }
            return batcher;
        } finally {
            lock.unlock();
        }
    }

    /** A batcher for a stream, which requests events from upstream only when the queue has space. */
    EventBatcher stream(DeliveryCallback callback, boolean historical) {
        Protocol protocol = protocol(historical ? "captureHistorical" : "captureAll", false,
                historical || config.historicalMigration());
        // No more than arrive at a time, or the stream would wait for the interval again and again
        return batcher(Math.min(config.flushAt(), config.maxBatchEvents()),
                sender(protocol, false, queueRetryPolicy(), callback),
                new InMemoryEventQueue(Integer.MAX_VALUE, Long.MAX_VALUE, Overflow.REJECT), callback);
    }

    /** For events that do not wait in a batcher. */
    ImmediateCapture immediate(boolean forAi, VertxDelays delays) {
        DeliveryCallback callback = tracker.withoutLogging();
        BatchSender sender = sender(protocol(forAi ? "captureAiNow" : "captureNow", forAi, config.historicalMigration()),
                forAi,
                RetryPolicy.of(account.config().retry()), callback);
        return new ImmediateCapture(sender, callback, background, delays);
    }

    private EventBatcher batcher(int flushAt, BatchSender sender, EventQueue queue,
            DeliveryCallback callback) {
        // Before the queue is full, also when a few large events fill it
        long flushAtBytes = Math.min(config.maxBatchSize().asLongValue(), config.queue().maxSize().asLongValue() / 4);
        EventBatcherSettings settings = new EventBatcherSettings(flushAt, flushAtBytes, config.flushInterval(),
                config.maxBatchEvents());
        return new EventBatcher(settings, queue, sender, callback, circuit, log, background);
    }

    private EventQueue queue(boolean forAi) {
        return config.spool().directory()
                .map(directory -> spooled(directory, forAi ? "ai" : "analytics"))
                .orElseGet(() -> new InMemoryEventQueue(config.queue().maxEvents(), config.queue().maxSize().asLongValue(),
                        config.queue().overflow()));
    }

    private EventQueue spooled(Path directory, String batcher) {
        try {
            return new SpoolingEventQueue(SpoolFactory.create(directory, account.name(), batcher), config.spool(),
                    config.queue(),
                    new SpooledEventCodec(mapper), background, log);
        } catch (IOException e) {
            throw new IllegalStateException(AccountNames.key(account.name(), "capture.spool.directory") + ": "
                    + e.getMessage(), e);
        }
    }

    private BatchSender sender(Protocol protocol, boolean forAi, RetryPolicy retries, DeliveryCallback callback) {
        BatchEncoder encoder = new BatchEncoder(protocol, mapper.getFactory(), isV0(forAi) ? compressorV0 : compressor,
                (forAi ? config.ai().maxEventSize() : config.maxEventSize()).asLongValue(),
                (forAi ? config.ai().maxBatchSize() : config.maxBatchSize()).asLongValue());
        return new BatchSender(calls, protocol, encoder, retries, callback, log);
    }

    private Protocol protocol(String operation, boolean forAi, boolean historical) {
        String key = account.projectApiKey().orElse("");
        return isV0(forAi) ? new ProtocolV0(mapper, operation, key, historical, forAi)
                : new ProtocolV1(mapper, operation, key, version, historical);
    }

    private boolean isV0(boolean forAi) {
        return forAi || config.protocol() == CaptureProtocol.V0;
    }

    private RetryPolicy queueRetryPolicy() {
        CaptureRetryConfig retry = config.retry();
        int unlessSet = config.spool().directory().isPresent() ? Integer.MAX_VALUE : DEFAULT_MAX_RETRIES;
        Duration maxRetryAfter = retry.maxDelay().compareTo(MAX_RETRY_AFTER) < 0 ? MAX_RETRY_AFTER : retry.maxDelay();
        return new RetryPolicy(retry.maxRetries() < 0 ? unlessSet : retry.maxRetries(), retry.initialDelay(),
                retry.maxDelay(), maxRetryAfter, true);
    }

    /** Those that were needed so far. */
    List<EventBatcher> started() {
        return Stream.of(analytics, ai).filter(Objects::nonNull).toList();
    }

    void close() {
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
