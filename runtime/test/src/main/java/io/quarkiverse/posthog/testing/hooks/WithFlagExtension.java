package io.quarkiverse.posthog.testing.hooks;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.quarkiverse.posthog.testing.WithFlag;
import io.quarkiverse.posthog.testing.runtime.AccountsUnderTest;

/**
 * Applies {@link WithFlag} for applications in another process, for which Quarkus does not call {@link
 * PostHogTestCallback}. JUnit calls this extension because of the annotation.
 */
public final class WithFlagExtension implements BeforeEachCallback, AfterEachCallback {

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!AccountsUnderTest.isApplicationInProcess()) {
            List<AnnotatedElement> elements = new ArrayList<>();
            context.getRequiredTestInstances().getAllInstances().forEach(test -> elements.add(test.getClass()));
            elements.add(context.getRequiredTestMethod());
            WithFlagProcessor.apply(elements);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!AccountsUnderTest.isApplicationInProcess()) {
            AccountsUnderTest.end();
        }
    }
}
