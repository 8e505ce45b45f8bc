package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.quarkiverse.posthog.test.accounts.Applications.cohorts;
import static io.quarkiverse.posthog.test.accounts.Applications.read;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** An account that is opened from code is one like any other, until it is closed. */
class OpenedAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount();

    @Inject
    PostHogAccounts accounts;

    private static AccountSettings settings() {
        return AccountSettings.create().host(URI.create(PostHogStub.url())).projectId(99).personalApiKey("phx_tenant");
    }

    @AfterEach
    void close() {
        accounts.close("tenant");
    }

    @Test
    void usesItsSettings() {
        WireMock stub = PostHogStub.reset();
        stub.register(cohorts("/api/projects/99", 9));

        PostHog tenant = accounts.open("tenant", settings());

        assertThat(read(tenant)).isEqualTo(9);
        stub.verifyThat(1, getRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer phx_tenant")));
        assertThat(tenant.account()).isEqualTo("tenant");
        assertThat(tenant.toString()).doesNotContain("phx_");
    }

    @Test
    void isFoundUntilItIsClosed() {
        PostHog tenant = accounts.open("tenant", settings());

        assertThat(accounts.get("tenant")).isSameAs(tenant);
        assertThat(accounts.find("tenant")).containsSame(tenant);
        assertThat(accounts.names()).containsExactly("default", "tenant");
        assertThat(accounts.close("tenant")).isTrue();
        assertThat(accounts.close("tenant")).isFalse();
        assertThat(accounts.find("tenant")).isEmpty();
        assertThat(accounts.names()).containsExactly("default");
    }

    @Test
    void isOpenedByTheFirstOfThoseWhoNeedIt() {
        List<PostHog> got = IntStream.range(0, 20).parallel()
                .mapToObj(i -> accounts.getOrOpen("tenant", OpenedAccountTest::settings)).toList();

        assertThat(got).hasSize(20).allSatisfy(account -> assertThat(account).isSameAs(accounts.get("tenant")));
        assertThat(accounts.getOrOpen("tenant", () -> {
            throw new AssertionError("it is there");
        })).isSameAs(got.get(0));
    }

    @Test
    void requestInFlightFailsWhenItIsClosed() {
        WireMock stub = PostHogStub.reset();
        stub.register(get(anyUrl()).willReturn(okJson("{}").withFixedDelay(5_000)));
        var inFlight = accounts.open("tenant", settings()).cohorts().page(CohortQuery.create()).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        Awaitility.await().until(() -> !stub.find(anyRequestedFor(anyUrl())).isEmpty());

        accounts.close("tenant");

        inFlight.awaitFailure(Duration.ofSeconds(3)).assertFailedWith(PostHogConnectionException.class,
                "PostHog account 'tenant', cohorts.page: the account was closed");
    }

    @Test
    void nothingIsSentAfterItIsClosed() {
        WireMock stub = PostHogStub.reset();
        PostHog tenant = accounts.open("tenant", settings());

        accounts.close("tenant");

        assertThatThrownBy(() -> read(tenant)).isInstanceOf(PostHogConnectionException.class)
                .hasMessage("PostHog account 'tenant', cohorts.page: the account was closed");
        stub.verifyThat(0, anyRequestedFor(anyUrl()));
    }
}
