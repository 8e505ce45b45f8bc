package io.quarkiverse.posthog.deployment;

import java.util.Optional;
import java.util.UUID;

import org.jboss.jandex.DotName;
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

    private static final DotName OPTIONAL = DotName.createSimple(Optional.class);
    private static final DotName UNI = DotName.createSimple(Uni.class);
    private static final DotName UUID_NAME = DotName.createSimple(UUID.class);

    /** Returns the way of capturing that a return type determines; null if the type is not supported. */
    static CaptureCall of(Type returnType) {
        if (returnType.kind() == Type.Kind.VOID) {
            return QUEUE;
        }
        if (returnType.kind() != Type.Kind.PARAMETERIZED_TYPE
                || !returnType.asParameterizedType().arguments().get(0).name().equals(UUID_NAME)) {
            return null;
        }
        return returnType.name().equals(OPTIONAL) ? QUEUE_RETURNING_UUID : returnType.name().equals(UNI) ? IMMEDIATE : null;
    }
}
