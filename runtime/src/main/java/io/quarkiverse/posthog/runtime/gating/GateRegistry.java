package io.quarkiverse.posthog.runtime.gating;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The gates of the application, by the class or method that is annotated. */
public final class GateRegistry {

    private final Map<String, GateConfig> gates = new TreeMap<>();
    private final Set<String> unused = new TreeSet<>();

    /** Returns the registered name of a method. Classes are registered with their class name. */
    public static String method(String className, String name, List<String> parameters) {
        return className + "#" + name + "(" + String.join(",", parameters) + ")";
    }

    void add(String target, GateConfig gate) {
        gates.put(target, gate);
        unused.add(target);
    }

    /** Returns the gate of an endpoint: the gate on the method, or else on the class; null if there is none. */
    GateConfig of(Class<?> endpoint, String method, Class<?>[] parameters) {
        Set<Class<?>> types = types(endpoint);
        List<String> names = Arrays.stream(parameters).map(Class::getName).toList();
        List<String> targets = Stream.concat(types.stream().map(type -> method(type.getName(), method, names)),
                types.stream().map(Class::getName)).toList();
        unused.removeAll(targets);
        return targets.stream().map(gates::get).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** Returns the classes and methods whose gate does not apply to any endpoint. */
    Set<String> unused() {
        return unused;
    }

    /** Returns the class, then its superclasses, then all of their interfaces. */
    private static Set<Class<?>> types(Class<?> endpoint) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> type = endpoint; type != null; type = type.getSuperclass()) {
            types.add(type);
        }
        List.copyOf(types).forEach(type -> addInterfaces(type, types));
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
