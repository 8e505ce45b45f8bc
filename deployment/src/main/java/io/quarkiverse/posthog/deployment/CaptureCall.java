package io.quarkiverse.posthog.deployment;

import java.util.Optional;
import java.util.UUID;

import org.jboss.jandex.DotName;
import org.jboss.jandex.ParameterizedType;
import org.jboss.jandex.Type;

import io.smallrye.mutiny.Uni;

/** How a method of a tracking plan captures its event. */
enum CaptureCall {

    /** Adds the event to the queue, and returns nothing. */
    QUEUE,

    /** Adds the event to the queue, and returns its UUID. */
    QUEUE_RETURNING_UUID,

    /** Sends the event immediately. */
    IMMEDIATE;

    private static final Type OPTIONAL_UUID = ofUuid(Optional.class);
    private static final Type UNI_UUID = ofUuid(Uni.class);

    private static Type ofUuid(Class<?> type) {
        return ParameterizedType.create(DotName.createSimple(type), Type.create(UUID.class));
    }

    /** Returns the way of capturing that a return type determines; null if the type is not supported. */
    static CaptureCall of(Type returnType) {
        if (returnType.kind() == Type.Kind.VOID) {
            return QUEUE;
        }
        return returnType.equals(OPTIONAL_UUID) ? QUEUE_RETURNING_UUID : returnType.equals(UNI_UUID) ? IMMEDIATE : null;
    }
}
