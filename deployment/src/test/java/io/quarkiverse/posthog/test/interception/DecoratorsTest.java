package io.quarkiverse.posthog.test.interception;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** Decorators of the beans of the extension, which would never be called. */
class DecoratorsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(OfDefault.class, OfWork.class, OfAny.class, OfAccounts.class,
                    OfContext.class))
            .overrideConfigKey("quarkus.posthog.\"work\".project-api-key", "phc_work")
            .assertException(failure -> assertThat(failure).hasStackTraceContaining("BeforeSend bean")
                    .hasStackTraceContaining("CaptureListener bean")
                    .hasStackTraceContaining(message(OfDefault.class, PostHog.class))
                    .hasStackTraceContaining(message(OfWork.class, PostHog.class))
                    .hasStackTraceContaining(message(OfAny.class, PostHog.class))
                    .hasStackTraceContaining(message(OfAccounts.class, PostHogAccounts.class))
                    .hasStackTraceContaining(message(OfContext.class, PostHogContext.class)));

    private static String message(Class<?> decorator, Class<?> bean) {
        return "Decorator " + decorator.getName() + " can't decorate " + bean.getName() + ":";
    }

    @Decorator
    @Priority(1)
    public abstract static class OfDefault implements PostHog {

        @Inject
        @Delegate
        PostHog delegate;

        @Override
        public String account() {
            return "decorated " + delegate.account();
        }
    }

    @Decorator
    @Priority(1)
    public abstract static class OfWork implements PostHog {

        private final PostHog delegate;

        @Inject
        OfWork(@Delegate @PostHogAccount("work") PostHog delegate) {
            this.delegate = delegate;
        }

        @Override
        public String account() {
            return "decorated " + delegate.account();
        }
    }

    @Decorator
    @Priority(1)
    public abstract static class OfAny implements PostHog {

        @Inject
        @Any
        @Delegate
        PostHog delegate;

        @Override
        public String account() {
            return "decorated " + delegate.account();
        }
    }

    @Decorator
    @Priority(1)
    public abstract static class OfAccounts implements PostHogAccounts {

        @Inject
        @Delegate
        PostHogAccounts delegate;

        @Override
        public PostHog get(String account) {
            return delegate.get(account);
        }
    }

    @Decorator
    @Priority(1)
    public abstract static class OfContext implements PostHogContext {

        @Inject
        @Delegate
        PostHogContext delegate;

        @Override
        public Optional<String> distinctId() {
            return delegate.distinctId();
        }
    }

    @Test
    @Tag("CDI-1")
    void areRejectedWhenTheApplicationIsBuilt() {
        Assertions.fail("built with decorators that are never called");
    }
}
