package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.withoutAccounts;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.QuarkusUnitTest;

/** An account that is configured, and nothing but its key, is there without being injected. */
class ConfiguredAccountLookupTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withoutAccounts()
            .overrideConfigKey("quarkus.posthog.\"work\".project-api-key", "phc_work");

    @Inject
    PostHogAccounts accounts;

    @Inject
    @Any
    Instance<PostHog> instances;

    @Test
    void byName() {
        assertThat(accounts.get("work").account()).isEqualTo("work");
        assertThat(accounts.find("work")).containsSame(accounts.get("work"));
        assertThat(accounts.names()).containsExactly("work");
    }

    @Test
    void byQualifier() {
        PostHog selected = instances.select(PostHogAccount.Literal.of("work")).get();

        assertThat(ClientProxy.<PostHog> unwrap(selected)).isSameAs(accounts.get("work"));
    }
}
