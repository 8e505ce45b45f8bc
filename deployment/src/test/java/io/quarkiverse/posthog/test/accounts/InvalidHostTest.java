package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.text;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkus.test.QuarkusUnitTest;

/** An application that injects an account with an invalid host does not start, and the password in it is not shown. */
class InvalidHostTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.host", "https://user:pa55word@posthog.example.com")
            .assertException(failure -> assertThat(text(failure))
                    .contains("quarkus.posthog.host must be a URL like https://us.posthog.com", "without user",
                            "InvalidHostTest#posthog")
                    .doesNotContain("pa55word"));

    @Inject
    PostHog posthog;

    @Test
    void doesNotStart() {
        Assertions.fail("started with an invalid host");
    }
}
