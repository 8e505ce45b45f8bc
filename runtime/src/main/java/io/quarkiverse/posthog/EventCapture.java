package io.quarkiverse.posthog;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.EventDelivery;
import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Captures events and exceptions. This is the part of {@link PostHog} for code that only sends data to PostHog.
 * <p>
 * {@link #capture} with a {@link CaptureEvent} is the general form, and {@link #captureException(ExceptionEvent)} for
 * exceptions. {@link #captureImmediate} and {@link #captureAll} deliver events in other ways. The other capturing
 * methods are shorthands for common events.
 */
public interface EventCapture {

    /**
     * Captures an event: adds it to the queue of the account and returns immediately. The event is sent in a batch, and
     * kept until PostHog has acknowledged it, within the limits of the configuration {@code capture.*}. See {@link
     * #captureStatus()} and {@link CaptureListener} for its outcome.
     * <p>
     * With {@code capture.channel}, the event is written to that channel instead of the queue.
     * <p>
     * This method never waits for PostHog and never throws an exception: an event that is not accepted is counted by
     * reason and logged. The UUID, the timestamp and the properties are fixed when this method is called; later changes
     * to a collection that is a property value have no effect.
     *
     * @return the UUID of the event, by which PostHog stores it; empty if it was not accepted
     */
    Optional<UUID> capture(CaptureEvent event);

    /**
     * Sends an event immediately, without the queue, and completes with its UUID when PostHog has acknowledged it.
     * Completes with null if the event was intentionally not sent, because of {@link #optOut()}, sampling, or a {@link
     * BeforeSend} that dropped it or failed, or if the account is closed.
     * <p>
     * The UUID and the timestamp are fixed when this method is called, so that PostHog recognizes retries, including
     * retries of the caller, as the same event. PostHog acknowledges events before it processes them: events over the
     * quota of the project are acknowledged and dropped.
     * <p>
     * Requires {@code project-api-key}. All failures except the statuses 4xx are retried as configured with {@code
     * retry.*}; 408 is also retried, and in protocol {@code v0} 429.
     * <p>
     * Fails with an {@link IllegalArgumentException}, without sending a request, if the event is invalid, such as an
     * event with a blank name, one that cannot be converted to JSON, or one that is too large; with an {@link
     * IllegalStateException} if an internal error, which is logged, occurs while building it; and with a {@link
     * PostHogException} if PostHog did not accept it.
     */
    @CheckReturnValue
    Uni<UUID> captureImmediate(CaptureEvent event);

    /**
     * Captures a stream of events, and completes when all of them are delivered or dropped.
     * <p>
     * The events have their own queue, which requests more events only when PostHog acknowledges earlier ones, so the
     * stream can have any length. Dropped events are counted by reason in the summary and do not end the stream. If the
     * stream fails, the result fails with the same failure after the earlier events were sent. Canceling the result
     * ends the stream immediately.
     */
    @CheckReturnValue
    Uni<CaptureSummary> captureAll(Multi<CaptureEvent> events);

    /**
     * Captures a stream of past events, for example from another analytics product, with {@code historical_migration}
     * set. PostHog ingests them separately from live events. Set the timestamp of each event.
     *
     * @see #captureAll(Multi)
     */
    @CheckReturnValue
    Uni<CaptureSummary> captureHistorical(Multi<CaptureEvent> events);

    /**
     * Delivers events that were captured elsewhere, such as the messages of a broker, and reports the outcome of each one.
     * Completes when all of them are delivered or dropped.
     * <p>
     * Like {@link #captureAll}, but events are sent unchanged: hooks, sampling and {@link #optOut()} apply where an event is
     * captured. Only a missing UUID, timestamp or distinct ID is added, and the properties of the extension if {@code $lib}
     * is missing. An event is dropped only if PostHog rejects the event itself. All other failures are retried without
     * a limit, including an invalid token and an exceeded quota; {@code capture.retry.max-retries} has no effect. Events are
     * never added to the queue of the account or to {@code
     * capture.channel}.
     */
    @CheckReturnValue
    Uni<CaptureSummary> deliverAll(Multi<? extends EventDelivery> events);

    /**
     * Captures an AI event, such as {@code $ai_generation}, through PostHog's endpoint for AI events, which accepts
     * larger events.
     * <p>
     * Like {@link #capture}, with a separate queue and separate requests. The content is sent unchanged, neither
     * truncated nor masked.
     */
    Optional<UUID> captureAi(CaptureEvent event);

    /** Sends an AI event immediately, and completes when PostHog has acknowledged it. See {@link #captureImmediate}. */
    @CheckReturnValue
    Uni<UUID> captureAiImmediate(CaptureEvent event);

    /**
     * Captures {@code $identify}, which sets person properties. Shorthand for {@link #capture} with {@link
     * CaptureEvent#identify}.
     */
    default Optional<UUID> identify(String distinctId, Map<String, ?> set) {
        return capture(CaptureEvent.identify(distinctId, set));
    }

    /**
     * Captures {@code $identify}, which sets person properties, some of them only if they are not set yet. Shorthand for
     * {@link #capture} with {@link CaptureEvent#identify} and {@link CaptureEvent#setOnce}.
     */
    default Optional<UUID> identify(String distinctId, Map<String, ?> set, Map<String, ?> setOnce) {
        return capture(CaptureEvent.identify(distinctId, set).setOnce(setOnce));
    }

    /**
     * Captures {@code $create_alias}, which assigns two distinct IDs to the same person. Shorthand for {@link #capture}
     * with {@link CaptureEvent#alias}.
     */
    default Optional<UUID> alias(String previousId, String newId) {
        return capture(CaptureEvent.alias(previousId, newId));
    }

    /**
     * Captures {@code $groupidentify}, which sets group properties. Shorthand for {@link #capture} with {@link
     * CaptureEvent#groupIdentify}.
     */
    default Optional<UUID> groupIdentify(String type, String key, Map<String, ?> set) {
        return capture(CaptureEvent.groupIdentify(type, key, set));
    }

    /**
     * Captures {@code $groupidentify} for a person. Shorthand for {@link #capture} with {@link
     * CaptureEvent#groupIdentify} and {@link CaptureEvent#distinctId(String)}.
     *
     * @param distinctId the distinct ID; null or blank for no person, even if the current request has one
     */
    default Optional<UUID> groupIdentify(String type, String key, Map<String, ?> set, String distinctId) {
        return capture(CaptureEvent.groupIdentify(type, key, set).distinctId(distinctId));
    }

    /**
     * Captures {@code $set}, which sets person properties and replaces earlier values. Without properties, nothing is
     * captured. Shorthand for {@link #capture} with {@link CaptureEvent#set}.
     *
     * @param distinctId the distinct ID; null or blank for the person of the current request. If no
     *        person can be identified, nothing is captured, which is logged
     */
    default Optional<UUID> setPersonProperties(String distinctId, Map<String, ?> set) {
        return set == null || set.isEmpty() ? Optional.empty() : capture(setting(distinctId).set(set));
    }

    /**
     * Captures {@code $set}, which sets person properties that are not set yet. Without properties, nothing is captured.
     * Shorthand for {@link #capture} with {@link CaptureEvent#setOnce}.
     *
     * @param distinctId the distinct ID; null or blank for the person of the current request. If no
     *        person can be identified, nothing is captured, which is logged
     */
    default Optional<UUID> setPersonPropertiesOnce(String distinctId, Map<String, ?> setOnce) {
        return setOnce == null || setOnce.isEmpty() ? Optional.empty()
                : capture(setting(distinctId).setOnce(setOnce));
    }

    private static CaptureEvent setting(String distinctId) {
        CaptureEvent event = CaptureEvent.of("$set");
        return distinctId == null || distinctId.isBlank() ? event : event.distinctId(distinctId);
    }

    /**
     * Captures an exception that the application has caught, with the distinct ID of the current request. Shorthand for
     * {@link #captureException(ExceptionEvent)} with {@link ExceptionEvent#of}.
     */
    default Optional<UUID> captureException(Throwable exception) {
        return captureException(ExceptionEvent.of(exception));
    }

    /**
     * Captures an exception that the application has caught, with a distinct ID, which must not be blank. Shorthand for
     * {@link #captureException(ExceptionEvent)} with {@link ExceptionEvent#distinctId}.
     */
    default Optional<UUID> captureException(Throwable exception, String distinctId) {
        return captureException(ExceptionEvent.of(exception).distinctId(distinctId));
    }

    /**
     * Captures an exception for PostHog's error tracking: the event {@code $exception}, with the stack traces of the
     * exception and its causes. It is processed like all events; see {@link #capture}.
     * <p>
     * This method never throws an exception. Very long stack traces and messages, and chains of more than 50
     * exceptions, are truncated, so that the event is not too large. An exception that is captured with this method
     * and rethrown is not captured again by exception autocapture ({@code exceptions.autocapture.*}).
     *
     * @return the UUID of the event; empty if it was not accepted
     */
    Optional<UUID> captureException(ExceptionEvent event);

    /**
     * Sends the queued events now, and completes when the queue is empty or a failure stops it.
     * <p>
     * Never fails: events that could not be sent stay in the queue and are sent later; {@link CaptureStatus#queued()}
     * is their number. During the delay before a retry, this method sends nothing and completes immediately. Concurrent
     * calls share their requests.
     */
    @CheckReturnValue
    Uni<CaptureStatus> flush();

    /** Returns the status of capturing. */
    CaptureStatus captureStatus();

    /**
     * Stops accepting events, until {@link #optIn()} is called or the application restarts. Queued events are still
     * sent.
     */
    void optOut();

    /** Accepts events again. */
    void optIn();

    /** Returns whether no events are accepted, because of {@link #optOut()} or {@code capture.enabled}. */
    boolean isOptedOut();
}
