package io.quarkiverse.posthog.deployment;

import jakarta.inject.Singleton;

import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.context.PostHogIdentityResolver;
import io.quarkiverse.posthog.runtime.PostHogRecorder;
import io.quarkiverse.posthog.runtime.context.ContextState;
import io.quarkiverse.posthog.runtime.context.RequestContext;
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
    SyntheticBeanBuildItem context(PostHogRecorder recorder) {
        return SyntheticBeanBuildItem.configure(RequestContext.class)
                .types(RequestContext.class, PostHogContext.class)
                .scope(Singleton.class)
                .setRuntimeInit()
                .unremovable()
                .createWith(recorder.requestContext())
                .done();
    }

    @BuildStep
    void beans(Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans) {
        beans.produce(AdditionalBeanBuildItem.unremovableOf(ContextState.class));
        if (capabilities.isPresent(Capability.VERTX_HTTP)) {
            beans.produce(OptionalBeans.bean("context.VertxHttpRequests"));
        }
        if (capabilities.isPresent(Capability.SECURITY)) {
            beans.produce(OptionalBeans.bean("context.SecurityIdentityResolver"));
        }
        if (capabilities.isPresent(Capability.JWT)) {
            beans.produce(OptionalBeans.bean("context.TokenClaims"));
        }
    }

    /** Nobody injects them: they are looked up. */
    @BuildStep
    UnremovableBeanBuildItem resolvers() {
        return UnremovableBeanBuildItem.beanTypes(PostHogIdentityResolver.class);
    }
}
