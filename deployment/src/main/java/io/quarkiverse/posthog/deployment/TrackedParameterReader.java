package io.quarkiverse.posthog.deployment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.MethodParameterInfo;
import org.jboss.jandex.Type;

import io.quarkiverse.posthog.deployment.TrackedMethod.Argument;
import io.quarkiverse.posthog.deployment.TrackedMethod.Role;
import io.quarkiverse.posthog.tracking.DistinctId;
import io.quarkiverse.posthog.tracking.EventGroup;
import io.quarkiverse.posthog.tracking.EventProperty;
import io.quarkiverse.posthog.tracking.EventTimestamp;
import io.quarkiverse.posthog.tracking.PlannedProperty;
import io.quarkiverse.posthog.tracking.PropertyType;

/** Reads the parameters of the methods of tracking plans. */
final class TrackedParameterReader {

    private static final DotName PROPERTY = DotName.createSimple(EventProperty.class);
    private static final DotName DISTINCT_ID = DotName.createSimple(DistinctId.class);
    private static final DotName GROUP = DotName.createSimple(EventGroup.class);
    private static final DotName TIMESTAMP = DotName.createSimple(EventTimestamp.class);

    private static final DotName OPTIONAL = DotName.createSimple(Optional.class);
    private static final Type STRING = Type.create(String.class);
    private static final Type INSTANT = Type.create(Instant.class);

    private final PropertyTypeResolver types;
    private final List<String> problems;

    /**
     * Creates a reader.
     *
     * @param problems the list to which problems are added
     */
    TrackedParameterReader(PropertyTypeResolver types, List<String> problems) {
        this.types = types;
        this.problems = problems;
    }

    /** Reads the parameters of a method. Invalid parameters are missing in the result. */
    List<Argument> read(MethodInfo method, String where) {
        List<Argument> arguments = new ArrayList<>();
        for (MethodParameterInfo parameter : method.parameters()) {
            Argument argument = argument(parameter, where);
            if (argument != null) {
                arguments.add(argument);
            }
        }
        unique(arguments, Role.DISTINCT_ID, where, "the event has several @DistinctId parameters",
                "keep the person who caused the event, and make the others properties");
        unique(arguments, Role.TIMESTAMP, where, "the event has several @EventTimestamp parameters",
                "keep the time of the event, and make the others properties");
        distinct(arguments, Role.PROPERTY, where, "property");
        distinct(arguments, Role.GROUP, where, "group type");
        return arguments;
    }

    private Argument argument(MethodParameterInfo parameter, String where) {
        List<DotName> roles = Stream.of(PROPERTY, DISTINCT_ID, GROUP, TIMESTAMP).filter(parameter::hasDeclaredAnnotation)
                .toList();
        if (roles.size() > 1) {
            problem(where, described(parameter) + " has several roles: "
                    + String.join(", ", roles.stream().map(role -> "@" + role.withoutPackagePrefix()).toList()),
                    "keep one of the annotations");
            return null;
        }
        DotName role = roles.isEmpty() ? PROPERTY : roles.get(0);
        if (role.equals(PROPERTY)) {
            return property(parameter, where);
        }
        Type type = parameter.type();
        if (role.equals(GROUP)) {
            return group(parameter, type, where);
        }
        Type expected = role.equals(DISTINCT_ID) ? STRING : INSTANT;
        if (!isSame(type, expected)) {
            problem(where, described(parameter) + " has the type " + type.name() + ", but @" + role.withoutPackagePrefix()
                    + " requires " + expected.name(), "change the type, or remove the annotation to make it a property");
            return null;
        }
        return new Argument(role.equals(DISTINCT_ID) ? Role.DISTINCT_ID : Role.TIMESTAMP, null, false, null);
    }

    private Argument group(MethodParameterInfo parameter, Type type, String where) {
        String name = parameter.declaredAnnotation(GROUP).value().asString();
        nameProblem("group type", name).ifPresent(problem -> problems.add(where + ": " + problem));
        Type key = content(type);
        if (!isSame(key, STRING)) {
            problem(where, described(parameter) + " has the type " + type + ", but @EventGroup requires String or "
                    + "Optional<String>", "pass the key of the group as a string");
            return null;
        }
        return new Argument(Role.GROUP, name, key != type, null);
    }

    private Argument property(MethodParameterInfo parameter, String where) {
        AnnotationInstance annotation = parameter.declaredAnnotation(PROPERTY);
        String explicit = annotation == null || annotation.value() == null ? "" : annotation.value().asString();
        String name = explicit.isEmpty() ? parameter.name() : explicit;
        if (name == null) {
            problem(where, described(parameter) + " has no name, because the class was compiled without -parameters",
                    "set maven.compiler.parameters=true, or name the property with @EventProperty(\"name\")");
        } else {
            nameProblem("property", name).ifPresent(problem -> problems.add(where + ": " + problem));
        }
        Type content = content(parameter.type());
        PropertyType type = types.resolve(content);
        if (type == null) {
            problem(where, described(parameter) + " has the type " + parameter.type() + ", which is not supported"
                    + types.problem().map(component -> ", because " + component).orElse(""),
                    "use a string, an enum, a number, a boolean, a UUID, a URI, an Instant, an OffsetDateTime or a "
                            + "ZonedDateTime, a record, array, List, Set, Collection or Map<String, ...> of them, or an "
                            + "Optional");
        }
        if (name == null || type == null) {
            return null;
        }
        boolean optional = content != parameter.type();
        String description = annotation == null ? "" : TrackingPlanReader.text(annotation, "description");
        return new Argument(Role.PROPERTY, name, optional, new PlannedProperty(name, description, type, optional));
    }

    /** Returns the type in an {@code Optional}, or else the type itself. */
    private static Type content(Type type) {
        return type.kind() == Type.Kind.PARAMETERIZED_TYPE && type.name().equals(OPTIONAL)
                ? type.asParameterizedType().arguments().get(0)
                : type;
    }

    /** Compares types without their annotations, such as {@code @NotNull}. */
    private static boolean isSame(Type type, Type expected) {
        return type.kind() == expected.kind() && type.name().equals(expected.name());
    }

    private void unique(List<Argument> arguments, Role role, String where, String problem, String fix) {
        if (arguments.stream().filter(argument -> argument.role() == role).count() > 1) {
            problem(where, problem, fix);
        }
    }

    private void distinct(List<Argument> arguments, Role role, String where, String kind) {
        Set<String> names = new HashSet<>();
        for (Argument argument : arguments) {
            if (argument.role() == role && !names.add(argument.name())) {
                problem(where, "two parameters have the " + kind + " '" + argument.name() + "'", "rename one of them");
            }
        }
    }

    private void problem(String where, String problem, String fix) {
        problems.add(where + ": " + problem + "; " + fix);
    }

    private static String described(MethodParameterInfo parameter) {
        return parameter.name() == null ? "parameter " + (parameter.position() + 1)
                : "parameter '" + parameter.name() + "'";
    }

    /** Returns why an event, a property or a group type can't have a name. */
    static Optional<String> nameProblem(String kind, String name) {
        if (name.isBlank()) {
            return Optional.of("the name of the " + kind + " is blank; set it in the annotation");
        }
        return name.startsWith("$")
                ? Optional.of("the " + kind + " '" + name + "' starts with $, which PostHog reserves for its own names; "
                        + "rename it, or use CaptureEvent")
                : Optional.empty();
    }
}
