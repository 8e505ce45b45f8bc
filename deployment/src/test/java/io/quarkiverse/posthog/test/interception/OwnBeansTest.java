package io.quarkiverse.posthog.test.interception;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** Decorators of the beans of the application that use PostHog. */
class OwnBeansTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(
                    root -> root.addClasses(PostHogStub.class, Analytics.class, PostHogAnalytics.class, Loud.class));

    @Inject
    Analytics analytics;

    public interface Analytics {

        String account();
    }

    @Singleton
    public static class PostHogAnalytics implements Analytics {

        @Inject
        PostHog posthog;

        @Override
        public String account() {
            return posthog.account();
        }
    }

    @Decorator
    @Priority(1)
    public static class Loud implements Analytics {

        @Inject
        @Delegate
        Analytics delegate;

        @Override
        public String account() {
            return delegate.account() + "!";
        }
    }

    @Test
    @Tag("CDI-1")
    void areDecorated() {
        assertThat(analytics.account()).isEqualTo("default!");
    }
}
