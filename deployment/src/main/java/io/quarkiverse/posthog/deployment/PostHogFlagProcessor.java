package io.quarkiverse.posthog.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.inject.spi.DeploymentException;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;
import org.jboss.jandex.PrimitiveType;
import org.jboss.jandex.Type;

import io.quarkiverse.posthog.flags.Flag;
import io.quarkiverse.posthog.flags.PostHogFlag;
import io.quarkiverse.posthog.runtime.gating.FlagProducer;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanArchiveIndexBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

/** Validates the injection points of flags, and registers their producer. */
class PostHogFlagProcessor {

    private static final DotName POSTHOG_FLAG = DotName.createSimple(PostHogFlag.class);

    private static final Type FLAG = Type.create(Flag.class);
    private static final Type BOOLEAN = Type.create(Boolean.class);
    private static final Set<Type> BOOLEANS = Set.of(BOOLEAN, PrimitiveType.BOOLEAN);

    @BuildStep
    AdditionalBeanBuildItem beans() {
        return AdditionalBeanBuildItem.builder().addBeanClasses(PostHogFlag.class, FlagProducer.class).build();
    }

    @BuildStep
    void injectionPoints(BeanDiscoveryFinishedBuildItem beans, BeanArchiveIndexBuildItem archive,
            BuildProducer<RequiredAccountBuildItem> accounts) {
        List<String> problems = new ArrayList<>();
        for (InjectionPointInfo injectionPoint : beans.getInjectionPoints()) {
            AnnotationInstance flag = injectionPoint.getRequiredQualifier(POSTHOG_FLAG);
            if (flag == null) {
                continue;
            }
            String where = "@PostHogFlag at " + injectionPoint.getTargetInfo();
            String problem = problem(flag.value().asString(), injectionPoint);
            if (problem == null) {
                accounts.produce(new RequiredAccountBuildItem(
                        flag.valueWithDefault(archive.getIndex(), "account").asString(), where));
            } else {
                problems.add("Invalid " + where + ": " + problem);
            }
        }
        if (!problems.isEmpty()) {
            // Fails now, because CDI would only report a missing bean for an invalid type
            throw new DeploymentException(String.join("\n", problems));
        }
    }

    private static String problem(String key, InjectionPointInfo injectionPoint) {
        if (key.isBlank()) {
            return "the flag key must not be blank";
        }
        Type type = injectionPoint.getRequiredType();
        if (type.equals(FLAG) || type.equals(BOOLEAN) && injectionPoint.isProgrammaticLookup()) {
            return null;
        }
        return BOOLEANS.contains(type)
                ? "a " + type + " would be evaluated once, when it is injected; inject a Flag or an "
                        + "Instance<Boolean> instead"
                : "a flag can't be injected as " + type + "; inject a Flag or an Instance<Boolean>";
    }
}
