package io.quarkiverse.posthog.deployment;

import java.util.ArrayList;
import java.util.List;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationTarget.Kind;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.posthog.flags.FeatureGate;

/** Validates the use of {@link FeatureGate}. */
final class FeatureGateValidator {

    static final DotName FEATURE_GATE = DotName.createSimple(FeatureGate.class);

    private static final String ALTERNATIVES = "reactive routes and other beans can evaluate the flag instead, for example "
            + "with @PostHogFlag";

    private final RestEndpointIndex endpoints;
    private final boolean hasRest;

    /**
     * Creates a validator.
     *
     * @param hasRest whether the application has Quarkus REST
     */
    FeatureGateValidator(IndexView index, boolean hasRest) {
        this.endpoints = new RestEndpointIndex(index);
        this.hasRest = hasRest;
    }

    List<String> of(FeatureGateInfo gate, AnnotationInstance annotation) {
        if (!hasRest) {
            return List.of("it requires Quarkus REST, which the application does not have; add the "
                    + "extension quarkus-rest, or remove the gate");
        }
        List<String> problems = new ArrayList<>();
        if (gate.flag().isBlank()) {
            problems.add("the flag key must not be blank; set it to the flag that controls the endpoint");
        }
        if (gate.status() < 400 || gate.status() > 599) {
            problems.add("the status must be from 400 to 599, but is " + gate.status());
        }
        String misplaced = misplaced(annotation.target());
        if (misplaced != null) {
            problems.add(misplaced);
        }
        return problems;
    }

    private String misplaced(AnnotationTarget target) {
        return target.kind() == Kind.CLASS ? misplaced(target.asClass()) : misplaced(target.asMethod());
    }

    private String misplaced(MethodInfo method) {
        if (endpoints.isLocator(method)) {
            return "the method returns a sub-resource and is not an endpoint; put the gate on the class of the "
                    + "sub-resource, or on its endpoints";
        }
        return endpoints.isEndpoint(method) ? null
                : "the method is not a REST endpoint: neither the method nor the one it implements has an annotation such as @GET; "
                        + ALTERNATIVES;
    }

    private String misplaced(ClassInfo type) {
        if (!endpoints.hasEndpoints(type)) {
            return "the class has no REST endpoints; " + ALTERNATIVES;
        }
        for (MethodInfo locator : endpoints.locators(type)) {
            ClassInfo subResource = endpoints.subResource(locator);
            if (subResource == null || !isGated(subResource)) {
                return "the gate does not apply to the sub-resource that " + locator.name() + "() returns; also put a gate on "
                        + "the class of the sub-resource, or put gates on the endpoints instead of the class";
            }
        }
        return null;
    }

    private boolean isGated(ClassInfo type) {
        return endpoints.types(type).stream().anyMatch(some -> some.hasDeclaredAnnotation(FEATURE_GATE));
    }
}
