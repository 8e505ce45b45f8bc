package io.quarkiverse.posthog.deployment;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

/** Finds the REST endpoints of an application. */
final class RestEndpointIndex {

    private static final DotName PATH = DotName.createSimple(Path.class);
    private static final DotName HTTP_METHOD = DotName.createSimple(HttpMethod.class);

    private final IndexView index;
    private final Set<DotName> httpMethods;

    RestEndpointIndex(IndexView index) {
        this.index = index;
        // The annotations of Jakarta REST are not in the index
        this.httpMethods = Stream.of(GET.class, POST.class, PUT.class, DELETE.class, PATCH.class, HEAD.class,
                OPTIONS.class).map(DotName::createSimple).collect(Collectors.toSet());
        index.getAnnotations(HTTP_METHOD).forEach(own -> httpMethods.add(own.target().asClass().name()));
    }

    /** Returns whether a method is an endpoint, by its own annotations or the annotations of the method that it implements. */
    boolean isEndpoint(MethodInfo method) {
        return types(method.declaringClass()).stream()
                .map(type -> type.method(method.name(), method.parameterTypes()))
                .anyMatch(same -> same != null && hasHttpMethod(same));
    }

    /** Returns whether a method returns a sub-resource. */
    boolean isLocator(MethodInfo method) {
        return method.hasDeclaredAnnotation(PATH) && !hasHttpMethod(method);
    }

    /** Returns whether a class, its subclasses or its implementations have endpoints. */
    boolean hasEndpoints(ClassInfo type) {
        return Stream.of(List.of(type), index.getAllKnownSubclasses(type.name()),
                index.getAllKnownImplementations(type.name()))
                .flatMap(Collection::stream)
                .flatMap(some -> types(some).stream())
                .flatMap(some -> some.methods().stream())
                .anyMatch(this::hasHttpMethod);
    }

    /** Returns the methods of a class that return sub-resources. */
    List<MethodInfo> locators(ClassInfo type) {
        return types(type).stream().flatMap(some -> some.methods().stream()).filter(this::isLocator).toList();
    }

    /** Returns the class of the sub-resource that a method returns; null if it can only be determined at runtime. */
    ClassInfo subResource(MethodInfo locator) {
        Type type = locator.returnType();
        // Class<Resource> or Uni<Resource>
        return index.getClassByName(type.kind() == Type.Kind.PARAMETERIZED_TYPE
                ? type.asParameterizedType().arguments().get(0).name()
                : type.name());
    }

    /** Returns the class, its superclasses and its interfaces. */
    Set<ClassInfo> types(ClassInfo type) {
        Set<ClassInfo> types = new LinkedHashSet<>();
        collect(type, types);
        return types;
    }

    private void collect(ClassInfo type, Set<ClassInfo> types) {
        if (type != null && types.add(type)) {
            if (type.superName() != null) {
                collect(index.getClassByName(type.superName()), types);
            }
            type.interfaceNames().forEach(name -> collect(index.getClassByName(name), types));
        }
    }

    private boolean hasHttpMethod(MethodInfo method) {
        return method.declaredAnnotations().stream().anyMatch(annotation -> httpMethods.contains(annotation.name()));
    }
}
