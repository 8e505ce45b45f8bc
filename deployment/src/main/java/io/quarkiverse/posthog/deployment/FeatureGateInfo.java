package io.quarkiverse.posthog.deployment;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationTarget.Kind;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.posthog.runtime.gating.GateRegistry;

/**
 * A {@code @FeatureGate} annotation that was found in the application.
 *
 * @param target the class or method, by its name in the {@link GateRegistry}
 */
record FeatureGateInfo(String target, String flag, String variant, int status, String account, boolean defaultValue) {

    static FeatureGateInfo of(AnnotationInstance gate, IndexView index) {
        return new FeatureGateInfo(target(gate.target()), gate.value().asString(),
                gate.valueWithDefault(index, "variant").asString(),
                gate.valueWithDefault(index, "status").asInt(),
                gate.valueWithDefault(index, "account").asString(),
                gate.valueWithDefault(index, "defaultValue").asBoolean());
    }

    private static String target(AnnotationTarget target) {
        return target.kind() == Kind.CLASS ? target.asClass().name().toString() : method(target.asMethod());
    }

    private static String method(MethodInfo method) {
        return GateRegistry.method(method.declaringClass().name().toString(), method.name(),
                method.parameterTypes().stream().map(type -> type.name().toString()).toList());
    }

    /** Returns the location for messages. */
    String where() {
        return "@FeatureGate(\"" + flag + "\") at " + target;
    }
}
