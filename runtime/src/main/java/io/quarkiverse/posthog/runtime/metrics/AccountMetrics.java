package io.quarkiverse.posthog.runtime.metrics;

import java.time.Duration;
import java.util.function.Supplier;

import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;

/**
 * Is told what an account does. Called by any thread, and often: must be quick. By itself, nobody wants to know.
 */
public interface AccountMetrics {

    /** Where the application has no metrics. */
    AccountMetrics NONE = new AccountMetrics() {
    };

    /** What the value of a flag comes from. */
    enum FlagSource {
        /** Evaluated in this process. */
        LOCAL,
        /** Evaluated by PostHog, for this evaluation. */
        REMOTE,
        /** Asked for by its key, but without a value. */
        MISSING
    }

    /** What is counted anyway is read when somebody looks. */
    default void watchCapture(Supplier<CaptureStatus> capture) {
    }

    /** For an account that evaluates flags with definitions. */
    default void watchDefinitions(Supplier<FlagDefinitionsStatus> definitions) {
    }

    /**
     * A request has ended.
     *
     * @param status the HTTP status, or {@code none} without a response
     */
    default void called(String operation, String status, Duration took) {
    }

    /** A request waited in order to stay under a rate limit. */
    default void waited(String limit, Duration wait) {
    }

    /** A request with events is sent. */
    default void sending(int events, int bytes) {
    }

    /** PostHog acknowledged events; the delay is that of the one that waited longest. */
    default void delivered(Duration delay) {
    }

    /** Flags were evaluated. */
    default void evaluated(FlagSource source, int flags) {
    }

    /** The definitions of flags were looked for. */
    default void polled(String outcome) {
    }

    /** The account is closed, and has no figures any longer. */
    default void close() {
    }
}
