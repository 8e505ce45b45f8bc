package io.quarkiverse.posthog.runtime.gating;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The gates of the application, by where their annotations stand. */
public final class Gates {

    private final Map<String, Gate> gates = new HashMap<>();

    /** How a method is called here; its class alone is called by its name. */
    public static String method(String className, String name, Iterable<String> parameters) {
        return className + "#" + name + "(" + String.join(",", parameters) + ")";
    }

    void add(String target, Gate gate) {
        gates.put(target, gate);
    }

    /** The gate of an endpoint: that of the method, or else that of the class; null when it has none. */
    Gate of(Class<?> endpoint, String method, Class<?>[] parameters) {
        Set<Class<?>> types = types(endpoint);
        Iterable<String> names = Arrays.stream(parameters).map(Class::getName).collect(Collectors.toList());
        for (Class<?> type : types) {
            Gate gate = gates.get(method(type.getName(), method, names));
            if (gate != null) {
                return gate;
            }
        }
        return types.stream().map(type -> gates.get(type.getName())).filter(gate -> gate != null).findFirst().orElse(null);
    }

    /** The class, then what it extends, then what it implements. */
    private static Set<Class<?>> types(Class<?> endpoint) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> type = endpoint; type != null; type = type.getSuperclass()) {
            types.add(type);
        }
        Set.copyOf(types).forEach(type -> addInterfaces(type, types));
        return types;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> types) {
        for (Class<?> implemented : type.getInterfaces()) {
            if (types.add(implemented)) {
                addInterfaces(implemented, types);
            }
        }
    }
}
