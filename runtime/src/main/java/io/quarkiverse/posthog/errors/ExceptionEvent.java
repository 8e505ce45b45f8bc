package io.quarkiverse.posthog.errors;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

import io.quarkiverse.posthog.CaptureEvent;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * An exception for PostHog's error tracking, with additional data: the event {@code $exception}.
 *
 * <pre>
 * posthog.captureException(ExceptionEvent.of(e).distinctId(customer.id()).level(ExceptionLevel.WARNING)
 *         .property("area", "checkout"));
 * </pre>
 * <p>
 * Immutable: each method returns a modified copy. The exception is read when it is captured, with its causes and suppressed
 * exceptions. Properties of error tracking, such as {@code $exception_list} or
 * {@code $exception_level}, are ignored in {@link #properties(Map)}; use the methods of this class instead.
 *
 * @param exception the exception
 * @param event the data of the event that is independent of the exception: distinct ID, properties, timestamp, UUID
 * @param level the level; null for the default of the source, which is {@link ExceptionLevel#ERROR} for applications
 * @param mechanism the mechanism; missing fields have the defaults of the source
 * @param source the integration that captured the exception, as {@code technology.hook} in lower case; null for applications;
 *        other values are ignored
 * @param fingerprint the fingerprint, by which PostHog groups exceptions into issues; null or blank to let PostHog decide
 */
public record ExceptionEvent(Throwable exception, CaptureEvent event, ExceptionLevel level,
        ExceptionMechanism mechanism, String source, String fingerprint) {

    /** The name of the event. */
    public static final String EVENT_NAME = "$exception";

    public ExceptionEvent {
        event = event == null ? CaptureEvent.of(EVENT_NAME) : event;
        mechanism = mechanism == null ? ExceptionMechanism.UNKNOWN : mechanism;
    }

    /** Returns an event for an exception that the application has caught, with the distinct ID of the current request. */
    public static ExceptionEvent of(Throwable exception) {
        return new ExceptionEvent(exception, null, null, null, null, null);
    }

    /** Sets the distinct ID. An event with a null or blank ID is invalid; see {@link CaptureEvent#of(String, String)}. */
    @CheckReturnValue
    public ExceptionEvent distinctId(String distinctId) {
        return withEvent(event -> event.distinctId(distinctId));
    }

    /** Sets one event property. */
    @CheckReturnValue
    public ExceptionEvent property(String name, Object value) {
        return withEvent(event -> event.property(name, value));
    }

    /** Adds event properties. They replace properties of the same name. */
    @CheckReturnValue
    public ExceptionEvent properties(Map<String, ?> properties) {
        return withEvent(event -> event.properties(properties));
    }

    /** Adds a group, such as a company or a project ({@code $groups}). */
    @CheckReturnValue
    public ExceptionEvent group(String type, String key) {
        return withEvent(event -> event.group(type, key));
    }

    /** Sets the session ID ({@code $session_id}). */
    @CheckReturnValue
    public ExceptionEvent sessionId(String sessionId) {
        return withEvent(event -> event.sessionId(sessionId));
    }

    /** Sets the timestamp. */
    @CheckReturnValue
    public ExceptionEvent timestamp(Instant timestamp) {
        return withEvent(event -> event.timestamp(timestamp));
    }

    /** Sets the UUID, by which PostHog recognizes duplicates. */
    @CheckReturnValue
    public ExceptionEvent uuid(UUID uuid) {
        return withEvent(event -> event.uuid(uuid));
    }

    /** Changes the underlying event, for example to add flags. */
    @CheckReturnValue
    public ExceptionEvent withEvent(UnaryOperator<CaptureEvent> change) {
        return new ExceptionEvent(exception, change.apply(event), level, mechanism, source, fingerprint);
    }

    /** Sets the level; null for the default of the source. */
    @CheckReturnValue
    public ExceptionEvent level(ExceptionLevel level) {
        return new ExceptionEvent(exception, event, level, mechanism, source, fingerprint);
    }

    /** Sets whether the application handled the exception. The default is true. */
    @CheckReturnValue
    public ExceptionEvent handled(boolean handled) {
        return mechanism(new ExceptionMechanism(null, handled, null).or(mechanism));
    }

    /** Sets the mechanism. */
    @CheckReturnValue
    public ExceptionEvent mechanism(ExceptionMechanism mechanism) {
        return new ExceptionEvent(exception, event, level, mechanism, source, fingerprint);
    }

    /** Sets the source, for integrations of other libraries, such as {@code camel.error_handler}. */
    @CheckReturnValue
    public ExceptionEvent source(String source) {
        return new ExceptionEvent(exception, event, level, mechanism, source, fingerprint);
    }

    /** Sets the fingerprint, by which PostHog groups exceptions into one issue. */
    @CheckReturnValue
    public ExceptionEvent fingerprint(String fingerprint) {
        return new ExceptionEvent(exception, event, level, mechanism, source, fingerprint);
    }
}
