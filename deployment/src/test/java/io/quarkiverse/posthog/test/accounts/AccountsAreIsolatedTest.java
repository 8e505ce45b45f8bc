package io.quarkiverse.posthog.test.accounts;

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
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** What happens to one account does not happen to another. */
class AccountsAreIsolatedTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.rate-limit.enabled", "true")
            .overrideConfigKey("quarkus.posthog.rate-limit.crud-per-minute", "1")
            .overrideConfigKey("quarkus.posthog.\"work\".host", PostHogStub.url() + "/named")
            .overrideConfigKey("quarkus.posthog.\"work\".project-id", "77")
            .overrideConfigKey("quarkus.posthog.\"work\".personal-api-key", "phx_work");

    @Inject
    PostHog posthog;

    @Inject
    @PostHogAccount("work")
    PostHog work;

    @Test
    void waitingForTheRateLimitOfOneDoesNotSlowTheOther() {
        WireMock stub = PostHogStub.reset();
        stub.register(cohorts(PostHogStub.path(""), 1));
        stub.register(cohorts("/named/api/projects/77", 2));
        read(posthog);

        var waiting = posthog.cohorts().page(CohortQuery.create()).subscribe().withSubscriber(UniAssertSubscriber.create());

        assertThat(read(work)).isEqualTo(2);
        assertThat(read(work)).isEqualTo(2);
        waiting.assertNotTerminated().cancel();
        stub.verifyThat(1, getRequestedFor(urlPathEqualTo(PostHogStub.path("/cohorts/"))));
    }
}
