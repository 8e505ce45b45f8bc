package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.text;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkus.test.QuarkusUnitTest;

/** An application that injects an account with an invalid project does not start. */
class InvalidProjectIdTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.\"work\".personal-api-key", "phx_work")
            .overrideConfigKey("quarkus.posthog.\"work\".project-id", "my-project")
            .assertException(failure -> assertThat(text(failure)).contains(
                    "quarkus.posthog.\"work\".project-id must be a number or @current, but is 'my-project'",
                    "InvalidProjectIdTest#work"));

    @Inject
    @PostHogAccount("work")
    PostHog work;

    @Test
    void doesNotStart() {
        Assertions.fail("started with an invalid project");
    }
}
