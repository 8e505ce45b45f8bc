package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.quarkiverse.posthog.test.accounts.Applications.cohorts;
import static io.quarkiverse.posthog.test.accounts.Applications.read;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** A named account has its own key, host and project. The stub is the host of both, told apart by the path. */
class NamedAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.\"my.work\".host", PostHogStub.url() + "/named")
            .overrideConfigKey("quarkus.posthog.\"my.work\".project-id", "77")
            .overrideConfigKey("quarkus.posthog.\"my.work\".personal-api-key", "phx_work");

    @Inject
    PostHog posthog;

    @Inject
    @PostHogAccount("my.work")
    PostHog work;

    @Test
    void eachAccountAsksItsOwnHostWithItsOwnKey() {
        WireMock stub = PostHogStub.reset();
        stub.register(cohorts(PostHogStub.path(""), 1));
        stub.register(cohorts("/named/api/projects/77", 2));

        assertThat(read(posthog)).isEqualTo(1);
        assertThat(read(work)).isEqualTo(2);

        stub.verifyThat(1, getRequestedFor(urlPathEqualTo(PostHogStub.path("/cohorts/")))
                .withHeader("Authorization", equalTo("Bearer " + PostHogStub.PERSONAL_KEY)));
        stub.verifyThat(1, getRequestedFor(urlPathEqualTo("/named/api/projects/77/cohorts/"))
                .withHeader("Authorization", equalTo("Bearer phx_work")));
        assertThat(work.account()).isEqualTo("my.work");
    }
}
