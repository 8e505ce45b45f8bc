package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static io.quarkiverse.posthog.test.accounts.Applications.read;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** Accounts are closed with the bean that owns them, and so with the application. */
class AccountsCloseWithTheApplicationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.retry.initial-delay", "10m")
            .overrideConfigKey("quarkus.posthog.retry.max-delay", "10m");

    @Test
    void callersThatWaitForARetryGetAFailure() {
        WireMock stub = PostHogStub.reset();
        stub.register(get(anyUrl()).willReturn(serverError()));
        InstanceHandle<AccountRegistry> accounts = Arc.container().instance(AccountRegistry.class);
        PostHog opened = accounts.get().open("opened", AccountSettings.create().personalApiKey("phx_opened")
                .host(URI.create(PostHogStub.url())));
        var waiting = accounts.get().get().cohorts().page(CohortQuery.create()).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        Awaitility.await().until(() -> !stub.find(anyRequestedFor(anyUrl())).isEmpty());
        waiting.assertNotTerminated();

        accounts.destroy();

        waiting.awaitFailure(Duration.ofSeconds(3)).assertFailedWith(PostHogConnectionException.class,
                "PostHog account 'default', cohorts.page: the account was closed");
        assertThatThrownBy(() -> read(opened)).isInstanceOf(PostHogConnectionException.class)
                .hasMessageContaining("the account was closed");
        stub.verifyThat(1, anyRequestedFor(anyUrl()));
    }
}
