package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.runtime.accounts.PostHogClient;
import io.quarkus.test.QuarkusUnitTest;

/** An injected account that is not used yet is in use for health checks, but does not delay startup. */
class UnusedAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.\"spooling\".host", "http://localhost:9")
            .overrideConfigKey("quarkus.posthog.\"spooling\".project-api-key", "phc_spool")
            .overrideConfigKey("quarkus.posthog.\"spooling\".capture.spool.directory", "target/unused-account")
            .overrideConfigKey("quarkus.posthog.\"other\".project-api-key", "phc_other")
            // Registering providers creates all accounts
            .overrideConfigKey("quarkus.posthog.openfeature.enabled", "false");

    @Inject
    PostHog posthog;

    @Inject
    @PostHogAccount("spooling")
    PostHog spooling;

    @Inject
    AccountRegistry accounts;

    @Test
    void onlyAnAccountWithASpoolIsCreatedAtStartup() {
        List<PostHogClient> atStartup = accounts.running();
        assertThat(names(atStartup)).containsExactly("spooling");
        assertThat(names(accounts.inUse())).containsExactlyInAnyOrder("default", "spooling");
    }

    private static Stream<String> names(List<PostHogClient> clients) {
        return clients.stream().map(PostHogClient::account);
    }
}
