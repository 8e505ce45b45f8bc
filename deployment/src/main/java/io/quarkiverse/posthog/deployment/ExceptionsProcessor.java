package io.quarkiverse.posthog.deployment;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Handler;

import jakarta.inject.Singleton;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTransformation;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.posthog.runtime.ExceptionsRecorder;
import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.runtime.errors.CaptureIncomingExceptions;
import io.quarkiverse.posthog.runtime.errors.ExceptionReporter;
import io.quarkiverse.posthog.runtime.errors.RestExceptionHandler;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.AnnotationsTransformerBuildItem;
import io.quarkus.arc.deployment.BeanContainerBuildItem;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ApplicationIndexBuildItem;
import io.quarkus.deployment.builditem.LogHandlerBuildItem;
import io.quarkus.deployment.builditem.ShutdownContextBuildItem;
import io.quarkus.resteasy.reactive.server.spi.PreExceptionMapperHandlerBuildItem;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.vertx.core.deployment.CoreVertxBuildItem;

/** Registers the handlers that capture exceptions, if the application has the corresponding extensions. */
class ExceptionsProcessor {

    private static final DotName INCOMING = DotName
            .createSimple("org.eclipse.microprofile.reactive.messaging.Incoming");
    private static final DotName INCOMINGS = DotName
            .createSimple("io.smallrye.reactive.messaging.annotations.Incomings");

    @BuildStep
    ApplicationClassesBuildItem applicationClasses(ApplicationIndexBuildItem application) {
        Set<String> names = new TreeSet<>();
        for (ClassInfo known : application.getIndex().getKnownClasses()) {
            names.add(known.name().toString());
        }
        return new ApplicationClassesBuildItem(names);
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    SyntheticBeanBuildItem reporter(ExceptionsRecorder recorder) {
        return SyntheticBeanBuildItem.configure(ExceptionReporter.class)
                .scope(Singleton.class)
                .setRuntimeInit()
                .unremovable()
                .addInjectionPoint(ClassType.create(AccountRegistry.class))
                .createWith(recorder.reporter())
                .done();
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    ExceptionLogHandlerBuildItem logHandler(ExceptionsRecorder recorder, BuildProducer<LogHandlerBuildItem> handlers) {
        RuntimeValue<Optional<Handler>> handler = recorder.logHandler();
        handlers.produce(new LogHandlerBuildItem(handler));
        return new ExceptionLogHandlerBuildItem(handler);
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void begin(ExceptionsRecorder recorder, ExceptionLogHandlerBuildItem log, BeanContainerBuildItem beans,
            CoreVertxBuildItem vertx, ShutdownContextBuildItem shutdown) {
        recorder.begin(log.handler(), beans.getValue(), vertx.getVertx(), shutdown);
    }

    @BuildStep
    void rest(Capabilities capabilities, BuildProducer<PreExceptionMapperHandlerBuildItem> handlers) {
        if (capabilities.isPresent(Capability.RESTEASY_REACTIVE)) {
            handlers.produce(new PreExceptionMapperHandlerBuildItem(new RestExceptionHandler()));
        }
    }

    @BuildStep
    void observers(Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans,
            BuildProducer<ExcludedTypeBuildItem> excluded) {
        ConditionalBeans.observer("errors.RouteFailureHandlers", capabilities.isPresent(Capability.VERTX_HTTP), beans,
                excluded);
        ConditionalBeans.observer("errors.ScheduledFailureObserver", capabilities.isPresent(Capability.SCHEDULER), beans,
                excluded);
    }

    @BuildStep
    void messaging(Capabilities capabilities, BuildProducer<AnnotationsTransformerBuildItem> transformers) {
        if (capabilities.isPresent(Capability.MESSAGING)) {
            transformers.produce(new AnnotationsTransformerBuildItem(AnnotationTransformation.forMethods()
                    .whenMethod(ExceptionsProcessor::receivesMessages)
                    .transform(context -> context.add(AnnotationInstance.builder(CaptureIncomingExceptions.class)
                            .value(channels(context.declaration().asMethod())).build()))));
        }
    }

    /**
     * Returns whether a method receives messages and can be intercepted, which is not possible for private and static methods.
     */
    private static boolean receivesMessages(MethodInfo method) {
        return (method.hasDeclaredAnnotation(INCOMING) || method.hasDeclaredAnnotation(INCOMINGS))
                && (method.flags() & (Modifier.PRIVATE | Modifier.STATIC)) == 0;
    }

    private static String[] channels(MethodInfo method) {
        AnnotationInstance several = method.declaredAnnotation(INCOMINGS);
        List<AnnotationInstance> all = several == null ? List.of(method.declaredAnnotation(INCOMING))
                : Arrays.asList(several.value().asNestedArray());
        return all.stream().map(AnnotationInstance::value).map(AnnotationValue::asString)
                .toArray(String[]::new);
    }
}
