package io.quarkiverse.posthog.deployment;

import java.lang.constant.ClassDesc;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jboss.jandex.Type;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.EventCapture;
import io.quarkiverse.posthog.deployment.TrackedMethod.Argument;
import io.quarkiverse.posthog.runtime.tracking.TypedEvents;
import io.quarkus.gizmo2.Const;
import io.quarkus.gizmo2.Expr;
import io.quarkus.gizmo2.Gizmo;
import io.quarkus.gizmo2.ParamVar;
import io.quarkus.gizmo2.creator.BlockCreator;
import io.quarkus.gizmo2.creator.ClassCreator;
import io.quarkus.gizmo2.desc.ConstructorDesc;
import io.quarkus.gizmo2.desc.FieldDesc;
import io.quarkus.gizmo2.desc.MethodDesc;
import io.smallrye.mutiny.Uni;

/**
 * Generates the implementations of tracking plans. A method builds its event with the calls that the application would write,
 * and captures it with the account that the constructor receives.
 */
final class TypedEventsGenerator {

    private static final MethodDesc ACCOUNT = method("account", EventCapture.class, String.class);
    private static final MethodDesc EVENT = method("event", CaptureEvent.class, String.class);
    private static final MethodDesc CAPTURE = method("capture", Optional.class, EventCapture.class, CaptureEvent.class);
    private static final MethodDesc CAPTURE_IMMEDIATE = method("captureImmediate", Uni.class, EventCapture.class,
            CaptureEvent.class);
    private static final MethodDesc DISTINCT_ID = modifier("distinctId", String.class);
    private static final MethodDesc TIMESTAMP = modifier("timestamp", Instant.class);
    private static final MethodDesc PROPERTY = modifier("property", String.class, Object.class);
    private static final MethodDesc OPTIONAL_PROPERTY = modifier("optionalProperty", String.class, Optional.class);
    private static final MethodDesc GROUP = modifier("group", String.class, String.class);
    private static final MethodDesc OPTIONAL_GROUP = modifier("optionalGroup", String.class, Optional.class);

    private TypedEventsGenerator() {
    }

    private static MethodDesc method(String name, Class<?> returned, Class<?>... parameters) {
        return MethodDesc.of(TypedEvents.class, name, returned, parameters);
    }

    private static MethodDesc modifier(String name, Class<?>... parameters) {
        List<Class<?>> all = new ArrayList<>(List.of(CaptureEvent.class));
        all.addAll(List.of(parameters));
        return MethodDesc.of(TypedEvents.class, name, CaptureEvent.class, all);
    }

    /** Generates the body of the method that creates the bean of an account. */
    static void create(BlockCreator block, TrackingPlanInfo plan, String account) {
        block.return_(block.new_(ConstructorDesc.of(ClassDesc.of(plan.implementation()), EventCapture.class),
                block.invokeStatic(ACCOUNT, Const.of(account))));
    }

    static void implement(Gizmo gizmo, TrackingPlanInfo plan) {
        gizmo.class_(plan.implementation(), type -> {
            type.public_();
            type.final_();
            type.implements_(ClassDesc.of(plan.type().name().toString()));
            FieldDesc account = type.field("account", field -> {
                field.private_();
                field.final_();
                field.setType(EventCapture.class);
            });
            type.constructor(constructor -> {
                constructor.public_();
                ParamVar parameter = constructor.parameter("account", EventCapture.class);
                constructor.body(block -> {
                    block.invokeSpecial(ConstructorDesc.of(Object.class), type.this_());
                    block.set(type.this_().field(account), parameter);
                    block.return_();
                });
            });
            plan.methods().forEach(method -> implement(type, account, method));
        });
    }

    private static void implement(ClassCreator type, FieldDesc account, TrackedMethod tracked) {
        type.method(tracked.method().name(), method -> {
            method.public_();
            method.returning(erased(tracked.method().returnType()));
            List<ParamVar> parameters = new ArrayList<>();
            for (Type parameter : tracked.method().parameterTypes()) {
                parameters.add(method.parameter("p" + parameters.size(), erased(parameter)));
            }
            method.body(block -> {
                Expr event = block.invokeStatic(EVENT, Const.of(tracked.event()));
                for (int i = 0; i < parameters.size(); i++) {
                    event = block.invokeStatic(modifier(tracked.arguments().get(i)),
                            arguments(block, event, tracked.arguments().get(i), parameters.get(i)));
                }
                capture(block, CaptureCall.of(tracked.method().returnType()), type.this_().field(account), event);
            });
        });
    }

    private static MethodDesc modifier(Argument argument) {
        return switch (argument.role()) {
            case PROPERTY -> argument.optional() ? OPTIONAL_PROPERTY : PROPERTY;
            case GROUP -> argument.optional() ? OPTIONAL_GROUP : GROUP;
            case DISTINCT_ID -> DISTINCT_ID;
            case TIMESTAMP -> TIMESTAMP;
        };
    }

    private static List<Expr> arguments(BlockCreator block, Expr event, Argument argument, ParamVar parameter) {
        Expr value = parameter.type().isPrimitive() ? block.box(parameter) : parameter;
        return argument.name() == null ? List.of(event, value) : List.of(event, Const.of(argument.name()), value);
    }

    private static void capture(BlockCreator block, CaptureCall call, Expr account, Expr event) {
        switch (call) {
            case QUEUE -> {
                block.invokeStatic(CAPTURE, account, event);
                block.return_();
            }
            case QUEUE_RETURNING_UUID -> block.return_(block.invokeStatic(CAPTURE, account, event));
            case IMMEDIATE -> block.return_(block.invokeStatic(CAPTURE_IMMEDIATE, account, event));
        }
    }

    private static ClassDesc erased(Type type) {
        return ClassDesc.ofDescriptor(type.descriptor());
    }
}
