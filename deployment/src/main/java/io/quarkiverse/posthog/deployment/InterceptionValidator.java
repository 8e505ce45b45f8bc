package io.quarkiverse.posthog.deployment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.inject.spi.DeploymentException;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.arc.processor.BeanDeploymentValidator.ValidationContext;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.arc.processor.BeanResolver;
import io.quarkus.arc.processor.BuildExtension.Key;
import io.quarkus.arc.processor.DecoratorInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

/** Rejects decorators and interceptors of the beans of this extension: CDI silently ignores both for synthetic beans. */
class InterceptionValidator {

    private static final Set<DotName> BEANS = Set.of(DotName.createSimple(PostHog.class),
            DotName.createSimple(PostHogAccounts.class), DotName.createSimple(PostHogContext.class));

    private static final String ALTERNATIVE = ": the bean is synthetic, so it would never be called. Use a BeforeSend bean "
            + "to change or drop events and a CaptureListener bean to observe their delivery, or call PostHog in a bean of "
            + "your own, to which decorators and interceptors apply";

    @BuildStep
    void decorators(ValidationPhaseBuildItem validation, BuildProducer<ValidationErrorBuildItem> errors) {
        ValidationContext context = validation.getContext();
        // A decorator of synthetic beans only is removed as unused
        for (Key<Collection<DecoratorInfo>> decorators : List.of(Key.DECORATORS, Key.REMOVED_DECORATORS)) {
            for (DecoratorInfo decorator : context.get(decorators)) {
                decorated(decorator, validation.getBeanResolver()).forEach(type -> errors.produce(error(
                        "Decorator " + decorator.getBeanClass() + " can't decorate " + type)));
            }
        }
    }

    /** Returns the types of this extension that a decorator decorates, for any account. */
    private static List<DotName> decorated(DecoratorInfo decorator, BeanResolver resolver) {
        return resolver
                .resolveBeans(decorator.getDelegateType(), decorator.getDelegateQualifiers().toArray(AnnotationInstance[]::new))
                .stream().filter(BeanInfo::isSynthetic).map(BeanInfo::getImplClazz)
                .filter(type -> type != null && BEANS.contains(type.name())).map(ClassInfo::name).distinct().toList();
    }

    @BuildStep
    void interceptors(ValidationPhaseBuildItem validation, BuildProducer<ValidationErrorBuildItem> errors) {
        ValidationContext context = validation.getContext();
        Set<DotName> bindings = context.get(Key.INTERCEPTOR_BINDINGS).keySet();
        for (DotName bean : BEANS) {
            for (AnnotationTarget target : targets(context, bean)) {
                for (AnnotationInstance annotation : context.get(Key.ANNOTATION_STORE).getAnnotations(target)) {
                    if (bindings.contains(annotation.name())) {
                        String method = target instanceof MethodInfo info ? "#" + info.name() + "()" : "";
                        errors.produce(error("Interceptor binding " + annotation.name() + " can't apply to " + bean + method));
                    }
                }
            }
        }
    }

    /** Returns a type and its methods, including the methods of its interfaces. */
    private static List<AnnotationTarget> targets(ValidationContext context, DotName name) {
        ClassInfo type = context.get(Key.INDEX).getClassByName(name);
        if (type == null) {
            return List.of();
        }
        List<AnnotationTarget> targets = new ArrayList<>(type.methods());
        targets.add(type);
        type.interfaceNames().forEach(parent -> targets.addAll(targets(context, parent)));
        return targets;
    }

    private static ValidationErrorBuildItem error(String problem) {
        return new ValidationErrorBuildItem(new DeploymentException(problem + ALTERNATIVE));
    }
}
