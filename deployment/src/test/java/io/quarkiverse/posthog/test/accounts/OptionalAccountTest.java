package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkus.arc.InactiveBeanException;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.test.QuarkusUnitTest;

/** An application that can do without an account asks for it when it needs it. */
class OptionalAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideRuntimeConfigKey("quarkus.posthog.active", "false")
            .overrideRuntimeConfigKey("quarkus.posthog.\"work\".project-api-key", "phc_work");

    @Inject
    InjectableInstance<PostHog> posthog;

    @Inject
    @Any
    InjectableInstance<PostHog> all;

    @Inject
    @PostHogAccount("work")
    InjectableInstance<PostHog> work;

    @Test
    void inactiveAccountIsSeenToBeInactive() {
        assertThat(posthog.getHandle().getBean().checkActive().value()).isFalse();
        assertThat(posthog.listActive()).isEmpty();
    }

    @Test
    void inactiveAccountSaysWhyWhenItIsUsed() {
        PostHog inactive = posthog.get();

        assertThatThrownBy(inactive::account).isInstanceOf(InactiveBeanException.class)
                .hasMessageContaining("PostHog account 'default' is inactive, because quarkus.posthog.active is false");
    }

    @Test
    void activeAccountIsFound() {
        assertThat(work.getActive().account()).isEqualTo("work");
        assertThat(all.listActive()).extracting(PostHog::account).containsExactly("work");
    }
}
