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
     * Sees the event as it would be sent, with uuid, timestamp and the properties of the extension, and returns what is sent
     * instead. An event that is returned without a distinct ID is anonymous: it gets a random ID and creates no person profile.
     *
     * @return the event, changed or not; null to drop it. An exception drops it too, and is logged: what might hold what
     *         should not be sent is not sent. Neither is seen by later hooks
     */
    CaptureEvent apply(CaptureEvent event);
}
