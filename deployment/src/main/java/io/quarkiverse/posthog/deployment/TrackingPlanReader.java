package io.quarkiverse.posthog.deployment;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;

/** Reads the tracking plans of the application, and finds all problems of their declarations. */
final class TrackingPlanReader {

    static final DotName TRACKING_PLAN = DotName.createSimple(TrackingPlan.class);
    private static final DotName TRACKED_EVENT = DotName.createSimple(TrackedEvent.class);

    /** PostHog truncates longer names. */
    private static final int MAX_NAME_LENGTH = 200;

    private final IndexView index;
    private final List<String> problems = new ArrayList<>();
    private final TrackedParameterReader parameters;

    /**
     * Creates a reader.
     *
     * @param index the classes of the application
     * @param types an index that also finds other classes, which can be types of properties
     */
    TrackingPlanReader(IndexView index, IndexView types) {
        this.index = index;
        this.parameters = new TrackedParameterReader(new PropertyTypeResolver(types), problems);
    }

    /** Returns the problems of the plans that were read: each with its class, its method and the fix. */
    List<String> problems() {
        return problems;
    }

    /** Reads all plans, in alphabetical order. */
    List<TrackingPlanInfo> read() {
        List<TrackingPlanInfo> plans = index.getAnnotations(TRACKING_PLAN).stream()
                .map(plan -> plan(plan.target().asClass(), text(plan, "description")))
                .sorted(Comparator.comparing(plan -> plan.type().name())).toList();
        for (AnnotationInstance event : index.getAnnotations(TRACKED_EVENT)) {
            ClassInfo type = event.target().asMethod().declaringClass();
            if (!type.hasDeclaredAnnotation(TRACKING_PLAN)) {
                problem(where(event.target().asMethod()), "the class of a @TrackedEvent is not a tracking plan",
                        "annotate the interface with @TrackingPlan");
            }
        }
        return plans;
    }

    private TrackingPlanInfo plan(ClassInfo type, String description) {
        String where = type.name().toString();
        List<TrackedMethod> methods = new ArrayList<>();
        if (!type.isInterface() || type.isAnnotation()) {
            problem(where, "a tracking plan must be an interface", "move the events to an interface");
            return new TrackingPlanInfo(type, description, methods);
        }
        if (!type.typeParameters().isEmpty()) {
            problem(where, "a tracking plan must not have type parameters", "use the types of the properties");
        }
        if (!type.interfaceNames().isEmpty()) {
            problem(where, "a tracking plan must not extend another interface",
                    "declare the events in the plan itself; an application can have several plans");
        }
        if (type.isSealed()) {
            problem(where, "a tracking plan must not be sealed", "remove the modifier");
        }
        if (Modifier.isPrivate(type.flags())) {
            problem(where, "a tracking plan must not be private", "remove the modifier");
        }
        for (MethodInfo method : type.methods()) {
            if (Modifier.isAbstract(method.flags())) {
                methods.add(method(method));
            } else if (method.hasDeclaredAnnotation(TRACKED_EVENT)) {
                problem(where(method), "a method with a body captures no event by itself",
                        "remove the body, or remove @TrackedEvent and call a method that has it");
            }
        }
        return new TrackingPlanInfo(type, description, methods);
    }

    private TrackedMethod method(MethodInfo method) {
        String where = where(method);
        AnnotationInstance event = method.declaredAnnotation(TRACKED_EVENT);
        String name = event == null ? "" : event.value().asString();
        if (event == null) {
            problem(where, "the method captures no event", "annotate it with @TrackedEvent(\"name of the event\")");
        } else {
            name(where, "event", name);
            if (name.length() > MAX_NAME_LENGTH) {
                problem(where, "the name of the event has " + name.length() + " characters, and PostHog truncates it",
                        "use at most " + MAX_NAME_LENGTH);
            }
        }
        if (!method.typeParameters().isEmpty()) {
            problem(where, "the method must not have type parameters", "use the types of the properties");
        }
        if (CaptureCall.of(method.returnType()) == null) {
            problem(where, "the return type " + method.returnType() + " is not supported",
                    "use void, Optional<UUID>, or Uni<UUID> to send the event immediately");
        }
        return new TrackedMethod(method, where, name, event == null ? "" : text(event, "description"),
                parameters.read(method, where));
    }

    private void name(String where, String kind, String name) {
        TrackedParameterReader.nameProblem(kind, name).ifPresent(problem -> problems.add(where + ": " + problem));
    }

    private void problem(String where, String problem, String fix) {
        problems.add(where + ": " + problem + "; " + fix);
    }

    /** Returns the class and the method, with the types of the parameters if the method is overloaded. */
    private static String where(MethodInfo method) {
        ClassInfo type = method.declaringClass();
        boolean overloaded = type.methods().stream()
                .filter(other -> other.name().equals(method.name()) && !other.isSynthetic()).count() > 1;
        return type.name() + "#" + method.name() + (overloaded ? parameters(method) : "");
    }

    private static String parameters(MethodInfo method) {
        return method.parameterTypes().stream().map(parameter -> parameter.name().withoutPackagePrefix())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    static String text(AnnotationInstance annotation, String member) {
        AnnotationValue value = annotation.value(member);
        return value == null ? "" : value.asString().strip();
    }
}
