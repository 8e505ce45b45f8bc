package io.quarkiverse.posthog.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** Capturing events. */
@ConfigGroup
public interface CaptureConfig {

    /**
     * Whether to capture events. If set to false, events are dropped when they are captured, until {@code
     * PostHog.optIn()} is called.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * The number of queued events at which a batch is sent immediately. Corresponds to {@code flushAt} in PostHog's Node.js
     * SDK.
     */
    @WithDefault("100")
    int flushAt();

    /**
     * The maximum time that an event stays in the queue before a batch is sent, even if {@code flush-at} has not been
     * reached. Corresponds to {@code flushInterval} in PostHog's Node.js SDK.
     */
    @WithDefault("5s")
    Duration flushInterval();

    /**
     * The maximum number of events per request. A batch exceeds {@code flush-at} only when events are captured faster
     * than they can be sent.
     */
    @WithDefault("500")
    int maxBatchEvents();

    /**
     * The maximum size of a request in bytes, before compression. PostHog's SDKs use {@code maxBatchSize} for a number of
     * events,
     * which corresponds to {@code max-batch-events}.
     */
    @WithDefault("5M")
    MemorySize maxBatchSize();

    /**
     * The maximum size of an event as JSON. Larger events are dropped, because PostHog would reject them.
     */
    @WithDefault("900K")
    MemorySize maxEventSize();

    /**
     * The capture protocol. {@code v0} uses {@code /batch/}, which all versions of PostHog support. {@code v1} uses
     * {@code /i/v1/analytics/events}, which returns a result for each event.
     */
    @WithDefault("v0")
    CaptureProtocol protocol();

    /**
     * The compression of requests. {@code zstd} requires the dependency {@code com.github.luben:zstd-jni} in the
     * application, and {@code brotli} requires {@code com.aayushatharva.brotli4j:brotli4j} with the native library of
     * the platform. Protocol {@code v0} and AI events support only {@code gzip} and {@code none}, and use {@code gzip}
     * for all other values.
     */
    @WithDefault("gzip")
    Compression compression();

    /**
     * The timeout of a capture request, up to the last byte of the response. Corresponds to {@code requestTimeout} in PostHog's
     * Node.js SDK.
     */
    @WithDefault("15s")
    Duration requestTimeout();

    /**
     * The maximum time that stopping the application takes to deliver queued events. Attempts continue until then.
     */
    @WithDefault("10s")
    Duration shutdownTimeout();

    /**
     * Whether to let PostHog determine the location of events from the IP address. Unless events set {@code $ip}, this is the
     * location of the server. The opposite of {@code disableGeoip} in PostHog's SDKs.
     */
    @WithDefault("false")
    boolean geoip();

    /**
     * Whether to mark all events as historical, so that PostHog ingests them separately from live events. Only for
     * applications that exclusively import data; {@code PostHog.captureHistorical} always marks its events. Corresponds to
     * {@code historicalMigration} in PostHog's Node.js SDK.
     */
    @WithDefault("false")
    boolean historicalMigration();

    /**
     * The channel that captured events are written to instead of the queue, for another process to deliver them. With the
     * extension {@code quarkus-posthog-messaging}, this is the name of an outgoing channel of Quarkus Messaging, which must
     * be set when the application is built. AI events and events that are sent immediately are not written to the channel.
     */
    Optional<String> channel();

    /**
     * The queue of events that are not delivered yet.
     */
    QueueConfig queue();

    /**
     * AI events, which have their own queue and requests.
     */
    AiConfig ai();

    /**
     * Retries of failed capture requests.
     */
    CaptureRetryConfig retry();

    /**
     * Sampling of events. Events that describe persons, aliases and groups are always kept.
     */
    SamplingConfig sampling();

    /**
     * The spool, which keeps events on disk until they are delivered, so that they survive the process.
     */
    SpoolConfig spool();

    /** The capture protocol. */
    enum CaptureProtocol {
        V0,
        V1
    }

    /** The compression of capture requests. */
    enum Compression {
        NONE,
        GZIP,
        DEFLATE,
        ZSTD,
        BROTLI
    }

    /** The queue of events that are not delivered yet. */
    @ConfigGroup
    interface QueueConfig {

        /**
         * The maximum number of events in the queue. Corresponds to {@code maxQueueSize} in PostHog's Node.js SDK.
         */
        @WithDefault("10000")
        int maxEvents();

        /**
         * The maximum memory used by the events in the queue, in bytes. The memory of an event is estimated.
         */
        @WithDefault("32M")
        MemorySize maxSize();

        /**
         * The behavior when the queue is full. {@code drop-oldest} drops the oldest event in the queue, and {@code
         * drop-newest} drops the new event. With {@code reject}, capturing returns empty, so that the caller can handle
         * it, and no warning is logged.
         */
        @WithDefault("drop-oldest")
        Overflow overflow();

        /** The behavior when the queue is full. */
        enum Overflow {
            DROP_OLDEST,
            DROP_NEWEST,
            REJECT
        }
    }

    /** AI events. */
    @ConfigGroup
    interface AiConfig {

        /**
         * The maximum size of an AI event as JSON. Larger events are dropped.
         */
        @WithDefault("8M")
        MemorySize maxEventSize();

        /**
         * The maximum size of a request with AI events, before compression. A larger event is sent in its own request.
         */
        @WithDefault("5M")
        MemorySize maxBatchSize();
    }

    /** Retries of failed capture requests. */
    @ConfigGroup
    interface CaptureRetryConfig {

        /**
         * The maximum number of retries of a request before its events are dropped. All failures are retried except the
         * statuses 4xx; 408 is retried, and in protocol {@code v0} also 429.
         */
        @ConfigDocDefault("`100`, which takes about 50 minutes; no limit with a spool")
        // Without a default, the default of an account with the name "capture" would apply
        @WithDefault("-1")
        int maxRetries();

        /**
         * The delay before the first retry. Each further delay is twice as long, and half of each delay is random.
         */
        @WithDefault("1s")
        Duration initialDelay();

        /**
         * The maximum delay between retries. If PostHog requests a longer delay ({@code Retry-After}), that delay is
         * limited to the larger of 30 seconds and this value.
         */
        @WithDefault("30s")
        Duration maxDelay();
    }

    /** Sampling of events. */
    @ConfigGroup
    interface SamplingConfig {

        /**
         * The fraction of events that is kept, from 0 to 1. Kept events have {@code $sample_type} and {@code
         * $sample_threshold}, which can be used to estimate totals.
         */
        @WithDefault("1")
        double rate();

        /**
         * The unit of sampling. {@code event} selects each event at random. {@code distinct-id} selects all events of a
         * part of the distinct IDs; all applications and PostHog's browser SDK select the same ones.
         */
        @WithDefault("event")
        SampleBy by();

        /** The unit of sampling. */
        enum SampleBy {
            EVENT,
            DISTINCT_ID
        }
    }

    /** The spool, which keeps events on disk until they are delivered. */
    @ConfigGroup
    interface SpoolConfig {

        /**
         * The directory of the spool. Each application instance needs its own directory. It is created if it does not
         * exist; an existing directory must not be writable by other users. Without a directory, events are kept in
         * memory only.
         */
        Optional<Path> directory();

        /**
         * The time at which events are forced to the disk. {@code always} does it before the capturing method returns, which
         * blocks.
         * {@code interval} does it at every {@code fsync-interval}, and {@code never} leaves it to the operating
         * system. Events that were not forced to the disk are lost if the machine crashes, but not if the application
         * crashes.
         */
        @WithDefault("interval")
        Fsync fsync();

        /**
         * The interval at which events are forced to the disk.
         */
        @WithDefault("1s")
        Duration fsyncInterval();

        /**
         * The maximum size of the spool on disk. If it is full, {@code queue.overflow} applies.
         */
        @WithDefault("1G")
        MemorySize maxSize();

        /**
         * The maximum age of events. Older events are dropped.
         */
        @WithDefault("7d")
        Duration maxAge();

        /** The time at which events are forced to the disk. */
        enum Fsync {
            ALWAYS,
            INTERVAL,
            NEVER
        }
    }
}
