package io.quarkiverse.posthog.errors;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

import io.quarkiverse.posthog.CaptureEvent;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * An exception for PostHog's error tracking, with what else is to be said of it: the event {@code $exception}.
 *
 * <pre>
 * posthog.captureException(ExceptionEvent.of(e).distinctId(customer.id()).level(ExceptionLevel.WARNING)
 *         .property("area", "checkout"));
 * </pre>
 * <p>
 * Immutable: each method returns a changed copy. The exception is read when it is captured, with all it was caused by
 * and all it suppressed. Properties that belong to error tracking itself, such as {@code $exception_list} or
 * {@code $exception_level}, are ignored among {@link #properties(Map)}; there are methods for those that can be set.
 *
 * @param exception what was thrown
 * @param event everything that has nothing to do with the exception: who it happened to, properties, timestamp, uuid
 * @param level null for what is usual where it is captured, which is {@link ExceptionLevel#ERROR} for the application
 * @param mechanism how it came to be captured; what is not known is as usual where it is captured
 * @param source the hook that captured it, as {@code technology.hook} in lower case; null when the application did,
 *        and ignored when it is anything else
 * @param fingerprint puts exceptions of the same fingerprint into one issue; null or blank to leave that to PostHog
 */
public record ExceptionEvent(Throwable exception, CaptureEvent event, ExceptionLevel level,
        ExceptionMechanism mechanism, String source, String fingerprint) {

    /** The name of the event. */
    public static final String NAME = "$exception";

    public ExceptionEvent {
        event = event == null ? CaptureEvent.of(NAME) : event;
        mechanism = mechanism == null ? ExceptionMechanism.UNKNOWN : mechanism;
    }

    /** An exception that the application has caught, of whoever makes the current request. */
    public static ExceptionEvent of(Throwable exception) {
        return new ExceptionEvent(exception, null, null, null, null, null);
    }

    /** Sets the person. A null or blank ID makes the event invalid, see {@link CaptureEvent#of(String, String)}. */
    @CheckReturnValue
    public ExceptionEvent distinctId(String distinctId) {
        return with(event -> event.distinctId(distinctId));
    }

    /** Sets one event property. */
    @CheckReturnValue
    public ExceptionEvent property(String name, Object value) {
        return with(event -> event.property(name, value));
    }

    /** Adds event properties to those already set; the new value wins for a name that is set already. */
    @CheckReturnValue
    public ExceptionEvent properties(Map<String, ?> properties) {
        return with(event -> event.properties(properties));
    }

    /** Relates it to a group: the key of a company, a project or whatever group types there are ({@code $groups}). */
    @CheckReturnValue
    public ExceptionEvent group(String type, String key) {
        return with(event -> event.group(type, key));
    }

    /** Sets the session it belongs to ({@code $session_id}). */
    @CheckReturnValue
    public ExceptionEvent session(String sessionId) {
        return with(event -> event.session(sessionId));
    }

    /** Sets when it happened. */
    @CheckReturnValue
    public ExceptionEvent timestamp(Instant timestamp) {
        return with(event -> event.timestamp(timestamp));
    }

    /** Sets the uuid, to make sending the same exception again harmless. */
    @CheckReturnValue
    public ExceptionEvent uuid(UUID uuid) {
        return with(event -> event.uuid(uuid));
    }

    /** Changes whatever else an event has, such as the flags a person had. */
    @CheckReturnValue
    public ExceptionEvent with(UnaryOperator<CaptureEvent> change) {
        return new ExceptionEvent(exception, change.apply(event), level, mechanism, source, fingerprint);
    }

    /** Sets how serious it is; null for what is usual where it is captured. */
    @CheckReturnValue
    public ExceptionEvent level(ExceptionLevel level) {
        return new ExceptionEvent(exception, event, level, mechanism, source, fingerprint);
    }

    /** Sets whether the application dealt with it; true unless set. */
    @CheckReturnValue
    public ExceptionEvent handled(boolean handled) {
        return mechanism(new ExceptionMechanism(null, handled, null).or(mechanism));
    }

    /** Sets how it came to be captured. */
    @CheckReturnValue
    public ExceptionEvent mechanism(ExceptionMechanism mechanism) {
        return new ExceptionEvent(exception, event, level, mechanism, source, fingerprint);
    }

    /** Sets the hook that captured it, for code that does so for a library, such as {@code camel.error_handler}. */
    @CheckReturnValue
    public ExceptionEvent source(String source) {
        return new ExceptionEvent(exception, event, level, mechanism, source, fingerprint);
    }

    /** Puts it into one issue with all exceptions of the same fingerprint, whatever PostHog thinks of them. */
    @CheckReturnValue
    public ExceptionEvent fingerprint(String fingerprint) {
        return new ExceptionEvent(exception, event, level, mechanism, source, fingerprint);
    }
}
