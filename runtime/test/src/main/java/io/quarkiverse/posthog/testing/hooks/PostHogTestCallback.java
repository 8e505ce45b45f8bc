package io.quarkiverse.posthog.testing.hooks;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.platform.commons.support.AnnotationSupport;

import io.quarkiverse.posthog.testing.KeepCapturedEvents;
import io.quarkiverse.posthog.testing.runtime.AccountsUnderTest;
import io.quarkus.test.junit.callback.QuarkusTestAfterEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;

/** Called by Quarkus before and after each {@code @QuarkusTest}. */
public final class PostHogTestCallback implements QuarkusTestBeforeEachCallback, QuarkusTestAfterEachCallback {

    private static final String KEEP = "posthog.test.keep-captured";

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        if (AccountsUnderTest.isApplicationInProcess()) {
            List<AnnotatedElement> elements = new ArrayList<>();
            context.getOuterInstances().forEach(outer -> elements.add(outer.getClass()));
            elements.add(context.getTestInstance().getClass());
            elements.add(context.getTestMethod());
            AccountsUnderTest.begin(keepsCaptured(elements));
            WithFlagProcessor.apply(elements);
        }
    }

    static boolean keepsCaptured(List<? extends AnnotatedElement> elements) {
        return elements.stream().anyMatch(element -> AnnotationSupport.isAnnotated(element, KeepCapturedEvents.class))
                || ConfigProvider.getConfig().getOptionalValue(KEEP, Boolean.class).orElse(false);
    }

    @Override
    public void afterEach(QuarkusTestMethodContext context) {
        if (AccountsUnderTest.isApplicationInProcess()) {
            AccountsUnderTest.end();
        }
    }
}
