package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static io.quarkiverse.posthog.test.accounts.Applications.cohorts;
import static io.quarkiverse.posthog.test.accounts.Applications.read;
import static io.quarkiverse.posthog.test.accounts.Applications.withoutAccounts;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** Accounts that nobody knew of when the application was built, as those of environment variables. */
class RunTimeAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withoutAccounts()
            .overrideRuntimeConfigKey("quarkus.posthog.\"tenant\".host", PostHogStub.url())
            .overrideRuntimeConfigKey("quarkus.posthog.\"tenant\".personal-api-key", "phx_tenant")
            .overrideRuntimeConfigKey("quarkus.posthog.\"selected\".personal-api-key", "phx_selected");

    @Inject
    PostHogAccounts accounts;

    @Inject
    @PostHogAccount("selected")
    Instance<PostHog> selected;

    @Test
    void areFoundByName() {
        WireMock stub = PostHogStub.reset();
        stub.register(cohorts("/api/projects/@current", 3));

        assertThat(accounts.names()).containsExactly("selected", "tenant");
        assertThat(read(accounts.get("tenant"))).isEqualTo(3);
        stub.verifyThat(1, getRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer phx_tenant")));
    }

    @Test
    void areInjectedThroughInstance() {
        assertThat(selected.get().account()).isEqualTo("selected");
    }
}
