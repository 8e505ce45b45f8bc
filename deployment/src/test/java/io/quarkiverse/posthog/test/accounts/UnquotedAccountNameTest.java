package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.quarkiverse.posthog.test.accounts.Applications.accepted;
import static io.quarkiverse.posthog.test.accounts.Applications.capture;
import static io.quarkiverse.posthog.test.accounts.Applications.withoutAccounts;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** A name without dots needs no quotes in the configuration. */
class UnquotedAccountNameTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withoutAccounts()
            .overrideConfigKey("quarkus.posthog.work.host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.work.project-api-key", "phc_work");

    @Inject
    @PostHogAccount("work")
    PostHog work;

    @Test
    void isConfigured() {
        WireMock stub = PostHogStub.reset();
        stub.register(accepted());

        capture(work);

        stub.verifyThat(1, postRequestedFor(urlPathEqualTo("/batch/"))
                .withRequestBody(matchingJsonPath("$.api_key", equalTo("phc_work"))));
    }
}
