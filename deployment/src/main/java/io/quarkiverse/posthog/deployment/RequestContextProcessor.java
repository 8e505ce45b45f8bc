package io.quarkiverse.posthog.deployment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;

import org.jboss.jandex.ClassType;

import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.context.PostHogIdentityResolver;
import io.quarkiverse.posthog.runtime.PostHogRecorder;
import io.quarkiverse.posthog.runtime.context.RequestPostHogContext;
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

/** Registers the request context: the data of a request and its user. */
class RequestContextProcessor {

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void context(PostHogRecorder recorder, BuildProducer<SyntheticBeanBuildItem> beans) {
        beans.produce(SyntheticBeanBuildItem.configure(RequestPostHogContext.class)
                .scope(Singleton.class)
                .setRuntimeInit()
                .unremovable()
                .createWith(recorder.requestContext())
                .done());
        beans.produce(SyntheticBeanBuildItem.configure(PostHogContext.class)
                // With a client proxy, so that beans that are created earlier, such as filters of Quarkus REST, can inject it
                .scope(ApplicationScoped.class)
                .setRuntimeInit()
                .unremovable()
                .addInjectionPoint(ClassType.create(RequestPostHogContext.class))
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
            beans.produce(ConditionalBeans.bean("context.WebSocketsNextConnectionProvider"));
        }
        if (capabilities.isPresent(Capability.SECURITY)) {
            beans.produce(ConditionalBeans.bean("context.SecurityIdentityResolver"));
        }
        if (capabilities.isPresent(Capability.JWT)) {
            beans.produce(ConditionalBeans.bean("context.TokenClaims"));
        }
    }

    /** Keeps the beans that are looked up and not injected. */
    @BuildStep
    UnremovableBeanBuildItem resolvers() {
        return UnremovableBeanBuildItem.beanTypes(PostHogIdentityResolver.class);
    }
}
