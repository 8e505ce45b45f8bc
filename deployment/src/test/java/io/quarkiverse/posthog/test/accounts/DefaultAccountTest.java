package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.quarkiverse.posthog.test.accounts.Applications.accepted;
import static io.quarkiverse.posthog.test.accounts.Applications.capture;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.QuarkusUnitTest;

/** The account without a name is injected as it is, and just as well by the name {@code default}. */
class DefaultAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount();

    @Inject
    PostHog posthog;

    @Inject
    @PostHogAccount("default")
    PostHog named;

    @Inject
    PostHogAccounts accounts;

    @Test
    void sendsItsKeyToItsHost() {
        WireMock stub = PostHogStub.reset();
        stub.register(accepted());

        capture(posthog);

        stub.verifyThat(1, postRequestedFor(urlPathEqualTo("/batch/"))
                .withRequestBody(matchingJsonPath("$.api_key", equalTo(PostHogStub.PROJECT_KEY))));
    }

    @Test
    void isTheSameUnderItsName() {
        PostHog account = ClientProxy.unwrap(posthog);

        assertThat(account.account()).isEqualTo("default");
        assertThat(ClientProxy.<PostHog> unwrap(named)).isSameAs(account);
        assertThat(accounts.get()).isSameAs(account);
        assertThat(accounts.get("default")).isSameAs(account);
        assertThat(accounts.names()).containsExactly("default");
    }
}
