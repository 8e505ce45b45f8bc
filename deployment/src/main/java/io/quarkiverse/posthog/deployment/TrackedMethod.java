package io.quarkiverse.posthog.deployment;

import java.util.List;

import org.jboss.jandex.MethodInfo;

import io.quarkiverse.posthog.tracking.PlannedProperty;

/**
 * A method of a tracking plan.
 *
 * @param where the class and the method, for messages
 * @param arguments the parameters, in their order
 */
record TrackedMethod(MethodInfo method, String where, String event, String description, List<Argument> arguments) {

    /** The meaning of a parameter. */
    enum Role {
        PROPERTY,
        DISTINCT_ID,
        GROUP,
        TIMESTAMP
    }

    /**
     * A parameter.
     *
     * @param name the name of the property or the group type; null for other roles
     * @param optional whether the type of the parameter is {@code Optional}
     * @param property the property; null for other roles
     */
    record Argument(Role role, String name, boolean optional, PlannedProperty property) {
    }

    List<PlannedProperty> properties() {
        return arguments.stream().filter(argument -> argument.role() == Role.PROPERTY).map(Argument::property).toList();
    }

    List<String> groups() {
        return arguments.stream().filter(argument -> argument.role() == Role.GROUP).map(Argument::name).toList();
    }
}
