package io.quarkiverse.posthog.runtime.metrics;

import java.time.Duration;
import java.util.function.Supplier;

import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;

/**
 * Records the metrics of an account. Called often and on any thread, so it must be fast. The default methods do nothing.
 */
public interface AccountMetrics {

    /** Records nothing, for applications without metrics. */
    AccountMetrics NONE = new AccountMetrics() {
    };

    /** The source of a flag value. */
    enum FlagSource {
        /** Evaluated locally. */
        LOCAL,
        /** Evaluated by PostHog, for this evaluation. */
        REMOTE,
        /** Requested by its key, but without a value. */
        MISSING
    }

    /** Registers the statistics of capturing, which are read when metrics are collected. */
    default void watchCapture(Supplier<CaptureStatus> capture) {
    }

    /** Registers the status of the flag definitions, for accounts with local evaluation. */
    default void watchDefinitions(Supplier<FlagDefinitionsStatus> definitions) {
    }

    /**
     * Records a request that has ended.
     *
     * @param status the HTTP status, or {@code none} without a response
     */
    default void called(String operation, String status, Duration took) {
    }

    /** Records the time that a request was delayed by a client-side rate limit. */
    default void waited(String limit, Duration wait) {
    }

    /** Records a capture request when it is sent. */
    default void sending(int events, int bytes) {
    }

    /** Records an acknowledgement of events, with the longest delay of the events. */
    default void delivered(Duration delay) {
    }

    /** Records evaluated flags. */
    default void evaluated(FlagSource source, int flags) {
    }

    /** Records an attempt to load flag definitions. */
    default void polled(String outcome) {
    }

    /** Removes the metrics, because the account is closed. */
    default void close() {
    }
}
