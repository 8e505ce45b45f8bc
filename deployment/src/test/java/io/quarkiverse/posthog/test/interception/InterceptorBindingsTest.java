package io.quarkiverse.posthog.test.interception;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;

import org.jboss.jandex.AnnotationTransformation;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.arc.deployment.AnnotationsTransformerBuildItem;
import io.quarkus.test.QuarkusUnitTest;

/** Interceptors that are bound to the beans of the extension, which would never be called. */
class InterceptorBindingsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(Audited.class, Audit.class))
            .addBuildChainCustomizer(builder -> builder.addBuildStep(context -> {
                context.produce(new AnnotationsTransformerBuildItem(AnnotationTransformation.forClasses()
                        .whenClass(PostHog.class).transform(type -> type.add(Audited.class))));
                context.produce(new AnnotationsTransformerBuildItem(AnnotationTransformation.forMethods()
                        .whenMethod(PostHogAccounts.class, "names").transform(method -> method.add(Audited.class))));
            }).produces(AnnotationsTransformerBuildItem.class).build())
            .assertException(failure -> assertThat(failure).hasStackTraceContaining("BeforeSend bean")
                    .hasStackTraceContaining("Interceptor binding " + Audited.class.getName() + " can't apply to "
                            + PostHog.class.getName() + ":")
                    .hasStackTraceContaining(" can't apply to " + PostHogAccounts.class.getName() + "#names():"));

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Audited {
    }

    @Audited
    @Interceptor
    @Priority(1)
    public static class Audit {

        @AroundInvoke
        Object audit(InvocationContext invocation) throws Exception {
            return invocation.proceed();
        }
    }

    @Test
    @Tag("CDI-1")
    void areRejectedWhenTheApplicationIsBuilt() {
        Assertions.fail("built with interceptors that are never called");
    }
}
