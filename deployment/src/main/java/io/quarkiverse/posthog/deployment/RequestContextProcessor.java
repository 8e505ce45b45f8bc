package io.quarkiverse.posthog.deployment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;

import org.jboss.jandex.ClassType;

import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.context.PostHogIdentityResolver;
import io.quarkiverse.posthog.runtime.PostHogRecorder;
import io.quarkiverse.posthog.runtime.context.PostHogContextImpl;
import io.quarkiverse.posthog.runtime.context.RequestScopedState;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;

/** What a request says of itself, and who makes it. */
class RequestContextProcessor {

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void context(PostHogRecorder recorder, BuildProducer<SyntheticBeanBuildItem> beans) {
        beans.produce(SyntheticBeanBuildItem.configure(PostHogContextImpl.class)
                .scope(Singleton.class)
                .setRuntimeInit()
                .unremovable()
                .createWith(recorder.requestContext())
                .done());
        beans.produce(SyntheticBeanBuildItem.configure(PostHogContext.class)
                // With a proxy, so that beans may have it that are made before it, such as filters of Quarkus REST
                .scope(ApplicationScoped.class)
                .setRuntimeInit()
                .unremovable()
                .addInjectionPoint(ClassType.create(PostHogContextImpl.class))
                .createWith(recorder.postHogContext())
                .done());
    }

    @BuildStep
    void beans(Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans) {
        beans.produce(AdditionalBeanBuildItem.unremovableOf(RequestScopedState.class));
        if (capabilities.isPresent(Capability.VERTX_HTTP)) {
            beans.produce(ConditionalBeans.bean("context.VertxHttpRequestInfoProvider"));
        }
        if (capabilities.isPresent(Capability.WEBSOCKETS_NEXT)) {
            beans.produce(ConditionalBeans.bean("context.WebSocketConnections"));
        }
        if (capabilities.isPresent(Capability.SECURITY)) {
            beans.produce(ConditionalBeans.bean("context.SecurityIdentityResolver"));
        }
        if (capabilities.isPresent(Capability.JWT)) {
            beans.produce(ConditionalBeans.bean("context.TokenClaims"));
        }
    }

    /** Nobody injects them: they are looked up. */
    @BuildStep
    UnremovableBeanBuildItem resolvers() {
        return UnremovableBeanBuildItem.beanTypes(PostHogIdentityResolver.class);
    }
}
