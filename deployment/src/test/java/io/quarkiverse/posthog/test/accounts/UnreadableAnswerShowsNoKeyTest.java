package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.quarkiverse.posthog.test.accounts.Applications.read;
import static io.quarkiverse.posthog.test.accounts.Applications.text;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.core.JsonParseException;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** A parser repeats what it can't read, which may be a key that the server repeated. */
class UnreadableAnswerShowsNoKeyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount();

    @Inject
    PostHog posthog;

    @Test
    void neitherInTheMessageNorInACause() {
        PostHogStub.reset().register(any(anyUrl()).willReturn(okJson(PostHogStub.PERSONAL_KEY)));

        assertThatThrownBy(() -> read(posthog)).isInstanceOf(PostHogResponseException.class)
                .hasMessageContainingAll("can't be read", "Unrecognized token '***'")
                .satisfies(failure -> assertThat(text(failure)).doesNotContain("phx_stub"));
    }

    @Test
    void causeIsKeptWhenItShowsNone() {
        PostHogStub.reset().register(any(anyUrl()).willReturn(okJson("no JSON")));

        assertThatThrownBy(() -> read(posthog)).isInstanceOf(PostHogResponseException.class)
                .hasRootCauseInstanceOf(JsonParseException.class);
    }
}
