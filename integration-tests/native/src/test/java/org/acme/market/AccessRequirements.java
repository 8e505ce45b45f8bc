package org.acme.market;

import java.io.IOException;
import java.lang.reflect.GenericDeclaration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.posthog.reflection.Access;
import io.quarkiverse.posthog.reflection.AccessKind;

/** Selects the accesses that the extension must register for native executables. All others are made by Quarkus for itself. */
final class AccessRequirements {

    private static final String EXTENSION = "io.quarkiverse.posthog.";
    private static final String APPLICATION = "org.acme.";

    /** Emits items to the application and to other extensions, so what they access has this caller. */
    private static final String EMISSION = EXTENSION + "runtime.support.CallerContext";

    private AccessRequirements() {
    }

    /** Returns the accesses of types of the extension or of the application, and those that the extension made. */
    static List<Access> ofTheExtension(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Access::parse).flatMap(Optional::stream)
                .filter(access -> isOwn(access.target()) || isCaller(access.caller()))
                .filter(access -> !isGenerated(access) && !isUnused(access)).distinct().toList();
    }

    private static boolean isOwn(String name) {
        return name.startsWith(EXTENSION) || name.startsWith(APPLICATION);
    }

    private static boolean isCaller(String caller) {
        return caller.startsWith(EXTENSION) && !caller.startsWith(EMISSION);
    }

    /**
     * Whether a class that the build generated loads a class. The name is a constant, with which native-image finds the class.
     */
    private static boolean isGenerated(Access access) {
        return access.kind() == AccessKind.CLASS && !access.caller().isEmpty() && type(access.caller()).isEmpty();
    }

    /** Whether a native executable works without the result. */
    private static boolean isUnused(Access access) {
        boolean list = switch (access.kind()) {
            case CONSTRUCTORS, METHODS, FIELDS -> true;
            default -> false;
        };
        // Methods of the JDK that Jackson looks up in static initializers
        boolean reflection = access.kind() == AccessKind.METHOD && (access.target().equals(Class.class.getName())
                || access.target().startsWith(GenericDeclaration.class.getPackageName() + "."));
        return reflection || list && type(access.target()).map(type -> !isReadByMembers(type) || !hasMembers(type, access))
                .orElse(false);
    }

    /** Jackson lists the members of all types, but has serializers without reflection for those of the JDK. */
    private static boolean isReadByMembers(Class<?> type) {
        return !type.getName().startsWith("java.") && !Map.class.isAssignableFrom(type)
                && !Collection.class.isAssignableFrom(type);
    }

    private static boolean hasMembers(Class<?> type, Access access) {
        return switch (access.kind()) {
            case CONSTRUCTORS -> type.getDeclaredConstructors().length > 0;
            case METHODS -> type.getDeclaredMethods().length > 0;
            default -> type.getDeclaredFields().length > 0;
        };
    }

    /** Empty for a class that the build generates. */
    private static Optional<Class<?>> type(String name) {
        try {
            return Optional.of(Class.forName(name, false, Thread.currentThread().getContextClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }
}
