package io.quarkiverse.posthog.tracking;

import static java.lang.annotation.ElementType.METHOD;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.EventCapture;
import io.quarkiverse.posthog.context.PostHogContext;
import io.smallrye.mutiny.Uni;

/**
 * Declares the event that a method of a {@link TrackingPlan} captures.
 * <p>
 * The return type determines how: {@code void} and {@link Optional}{@code <UUID>} as with
 * {@link EventCapture#capture(CaptureEvent)}, and {@link Uni}{@code <}{@link UUID}{@code >} as with
 * {@link EventCapture#captureImmediate(CaptureEvent)}.
 * <p>
 * A parameter without an annotation is an {@link EventProperty} with the name of the parameter. Without a {@link DistinctId}
 * parameter, the event is about the person of the current request, see {@link PostHogContext}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(METHOD)
public @interface TrackedEvent {

    /**
     * The event name, of at most 200 characters. It must not start with {@code $}, which PostHog reserves for its own events.
     */
    String value();

    /** Describes the event in the documents that the build writes, and in PostHog. */
    String description() default "";
}
