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
     * Whether events are captured. When not, they are dropped where they are captured, until {@code PostHog.optIn()}.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * How many queued events are sent without waiting for more.
     */
    @WithDefault("100")
    int flushAt();

    /**
     * How long an event waits for more of them before it is sent.
     */
    @WithDefault("5s")
    Duration flushInterval();

    /**
     * The most events in a request. There are more than {@code flush-at} only when events come faster than they are sent.
     */
    @WithDefault("500")
    int maxBatchEvents();

    /**
     * The most bytes in a request, before compression.
     */
    @WithDefault("5M")
    MemorySize maxBatchSize();

    /**
     * The most bytes of an event as JSON. Larger ones are dropped; PostHog would not take them.
     */
    @WithDefault("900K")
    MemorySize maxEventSize();

    /**
     * The protocol: {@code v0} is {@code /batch/}, which every PostHog knows; {@code v1} is {@code /i/v1/analytics/events},
     * which tells for each event what became of it.
     */
    @WithDefault("v0")
    CaptureProtocol protocol();

    /**
     * How requests are compressed. {@code zstd} needs {@code com.github.luben:zstd-jni} as a dependency of the application,
     * {@code brotli} needs {@code com.aayushatharva.brotli4j:brotli4j} with the native library of the platform. Protocol
     * {@code v0} and AI events know {@code gzip} and {@code none} only, and use {@code gzip} instead of the others.
     */
    @WithDefault("gzip")
    Compression compression();

    /**
     * How long to wait for the answer to a request with events.
     */
    @WithDefault("15s")
    Duration timeout();

    /**
     * The maximum time that stopping the application takes to deliver queued events. Attempts continue until then.
     */
    @WithDefault("10s")
    Duration shutdownTimeout();

    /**
     * Whether PostHog looks up where an event comes from. That would be the location of this server, unless events
     * set {@code $ip}.
     */
    @WithDefault("false")
    boolean geoip();

    /**
     * Whether all events are past ones, which PostHog takes in apart from what happens now. For an application that does
     * nothing but import; {@code PostHog.captureHistorical} marks its events in any case.
     */
    @WithDefault("false")
    boolean historicalMigration();

    /**
     * The events that wait.
     */
    QueueConfig queue();

    /**
     * AI events, which have a queue and requests of their own.
     */
    AiConfig ai();

    /**
     * Sending again what PostHog could not take.
     */
    CaptureRetryConfig retry();

    /**
     * Capturing a part of the events only. Persons, aliases and groups are never left out.
     */
    SamplingConfig sampling();

    /**
     * Keeping events on disk until they are delivered, so that they survive the process.
     */
    SpoolConfig spool();

    /** The protocol of capturing. */
    enum CaptureProtocol {
        V0,
        V1
    }

    /** How requests with events are compressed. */
    enum Compression {
        NONE,
        GZIP,
        DEFLATE,
        ZSTD,
        BROTLI;

        /** Whether the application has to bring a library for it. */
        public boolean needsLibrary() {
            return this == ZSTD || this == BROTLI;
        }
    }

    /** The events that wait. */
    @ConfigGroup
    interface QueueConfig {

        /**
         * The most events that wait.
         */
        @WithDefault("10000")
        int maxEvents();

        /**
         * About how much memory these may take.
         */
        @WithDefault("32M")
        MemorySize maxSize();

        /**
         * What happens to an event when the queue is full: {@code drop-oldest} drops the event that waits longest,
         * {@code drop-newest} this one; {@code reject} lets the caller know and leaves the rest to it, without a warning.
         */
        @WithDefault("drop-oldest")
        Overflow overflow();

        /** What happens when the queue is full. */
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
         * The most bytes of an AI event as JSON. Larger ones are dropped.
         */
        @WithDefault("8M")
        MemorySize maxEventSize();

        /**
         * The most bytes in a request with AI events, before compression; a larger event has a request of its own.
         */
        @WithDefault("5M")
        MemorySize maxBatchSize();
    }

    /** Sending again what PostHog could not take. */
    @ConfigGroup
    interface CaptureRetryConfig {

        /**
         * The maximum number of retries of a request before its events are dropped. All failures are retried except
         * the statuses 4xx; 408 is retried, and in protocol {@code v0} also 429.
         */
        @ConfigDocDefault("`100`, which takes about 50 minutes; no limit with a spool")
        // Without a default of its own, it would be that of an account with the name "capture"
        @WithDefault("-1")
        int maxRetries();

        /**
         * How long to wait before the first repetition; each further wait is twice as long, and half of each is random.
         */
        @WithDefault("1s")
        Duration initialDelay();

        /**
         * How long to wait at the most. When PostHog asks for more ({@code Retry-After}), that counts, up to 30
         * seconds or to this, whichever is longer.
         */
        @WithDefault("30s")
        Duration maxDelay();
    }

    /** Capturing a part of the events only. */
    @ConfigGroup
    interface SamplingConfig {

        /**
         * The part that is kept, from 0 to 1. Kept events have {@code $sample_type} and {@code $sample_threshold}, by which
         * totals can be estimated.
         */
        @WithDefault("1")
        double rate();

        /**
         * What is chosen: each {@code event} at random, or a {@code distinct-id} with all its events, which are the same ones
         * in each application and in PostHog's browser library.
         */
        @WithDefault("event")
        SampleBy by();

        /** What is chosen. */
        enum SampleBy {
            EVENT,
            DISTINCT_ID
        }
    }

    /** Keeping events on disk until they are delivered. */
    @ConfigGroup
    interface SpoolConfig {

        /**
         * The directory, which this application instance has for itself. It is created if it is missing; an existing one
         * must not be writable by other users. Without a directory, events wait in memory only.
         */
        Optional<Path> directory();

        /**
         * When events are forced to the disk: {@code always} before capturing them returns, which blocks;
         * {@code interval} every {@code fsync-interval}; {@code never} leaves it to the operating system. Only a crash of the
         * machine loses what was not forced, not one of the application.
         */
        @WithDefault("interval")
        Fsync fsync();

        /**
         * How often events are forced to the disk.
         */
        @WithDefault("1s")
        Duration fsyncInterval();

        /**
         * The most bytes on disk. When there is more, {@code queue.overflow} decides.
         */
        @WithDefault("1G")
        MemorySize maxSize();

        /**
         * Older events are dropped instead of sent.
         */
        @WithDefault("7d")
        Duration maxAge();

        /** When events are forced to the disk. */
        enum Fsync {
            ALWAYS,
            INTERVAL,
            NEVER
        }
    }
}
