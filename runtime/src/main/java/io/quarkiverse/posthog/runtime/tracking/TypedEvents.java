package io.quarkiverse.posthog.runtime.tracking;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.EventCapture;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkus.arc.Arc;
import io.smallrye.mutiny.Uni;

/** Builds and captures the events of a tracking plan. Generated classes call these methods by their name. */
public final class TypedEvents {

    private TypedEvents() {
    }

    /** Returns the account, which is created when it is first used. */
    public static EventCapture account(String name) {
        return Arc.container().select(PostHog.class, PostHogAccount.Literal.of(name)).get();
    }

    public static CaptureEvent event(String name) {
        return CaptureEvent.of(name);
    }

    public static CaptureEvent distinctId(CaptureEvent event, String distinctId) {
        return event.distinctId(distinctId);
    }

    /** Sets a property, unless the value is null. */
    public static CaptureEvent property(CaptureEvent event, String name, Object value) {
        return value == null ? event : event.property(name, value);
    }

    /** Sets a property, unless the value is null or empty. */
    public static CaptureEvent optionalProperty(CaptureEvent event, String name, Optional<?> value) {
        return property(event, name, value == null ? null : value.orElse(null));
    }

    /** Adds a group. A key of null makes the event invalid, as in the application's own call. */
    public static CaptureEvent group(CaptureEvent event, String type, String key) {
        return event.group(type, key);
    }

    /** Adds a group, unless the key is empty. */
    public static CaptureEvent optionalGroup(CaptureEvent event, String type, Optional<String> key) {
        return key != null && key.isEmpty() ? event : event.group(type, key == null ? null : key.get());
    }

    public static CaptureEvent timestamp(CaptureEvent event, Instant timestamp) {
        return event.timestamp(timestamp);
    }

    public static Optional<UUID> capture(EventCapture account, CaptureEvent event) {
        return account.capture(event);
    }

    public static Uni<UUID> captureImmediate(EventCapture account, CaptureEvent event) {
        return account.captureImmediate(event);
    }
}
