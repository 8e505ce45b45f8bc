package io.quarkiverse.posthog.capture;

import io.quarkiverse.posthog.CaptureEvent;

/**
 * Changes or drops events before they are queued: PostHog's {@code before_send} hook.
 * <p>
 * Every CDI bean of this type is called, in the order of {@code @Priority}, the highest first. A bean with the qualifier
 * {@code @PostHogAccount("work")} is called for that account only, one without a qualifier for all accounts.
 *
 * <pre>
 * {@literal @}Singleton
 * class WithoutEmail implements BeforeSend {
 *
 *     {@literal @}Override
 *     public CaptureEvent apply(CaptureEvent event) {
 *         return event.properties().containsKey("email") ? event.property("email", "***") : event;
 *     }
 * }
 * </pre>
 * <p>
 * It is called on the thread that captures the event, so it must not block, and can be called by several threads at
 * the same time. It is called for events of every kind, including {@code identify}, {@code alias}, {@code groupIdentify} and
 * AI events.
 * <p>
 * A hook can capture events. Such an event passes all hooks once; an event that a hook captures while it is called for
 * such an event is dropped with {@link DropReason#NESTED}.
 */
@FunctionalInterface
public interface BeforeSend {

    /**
     * Returns the event to send. The argument is the complete event, with its UUID, its timestamp and the properties that the
     * extension adds. If the returned event has no distinct ID, it is anonymous: it gets a random ID and does not create a
     * person profile.
     *
     * @return the event, changed or not; null to drop it. If the method throws an exception, the exception is logged,
     *         and the event is dropped, because it may still contain data that must not be sent. Later hooks are not called for
     *         a dropped event
     */
    CaptureEvent apply(CaptureEvent event);
}
