package io.quarkiverse.posthog.test.flags;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.PostHogMissingKeyException;
import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** Payloads of remote configuration flags. */
class RemoteConfigTest {

    private static final String PATH = PostHogStub.path("/feature_flags/limits/remote_config/");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .overrideConfigKey("quarkus.posthog.flags.local-evaluation", "false")
            .overrideConfigKey("quarkus.posthog.feature-flags-secure-api-key", "phs_stubSecureKey");

    @Inject
    PostHog postHog;

    @Inject
    PostHogAccounts accounts;

    private WireMock stub;

    @BeforeEach
    void reset() {
        stub = PostHogStub.reset();
    }

    @Test
    void aPayloadIsReadWithTheSecureKey() {
        answers("{\"max\": 3}");

        assertThat(payload(Map.class)).isEqualTo(Map.of("max", 3));

        List<LoggedRequest> requests = stub.find(getRequestedFor(urlPathEqualTo(PATH)));
        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.getHeader("Authorization")).isEqualTo("Bearer phs_stubSecureKey");
            assertThat(request.queryParameter("token").firstValue()).isEqualTo(PostHogStub.PROJECT_KEY);
        });
    }

    @Test
    void aPayloadThatIsKeptAsTextIsReadFromIt() {
        answers("\"{\\\"max\\\": 3}\"");
        assertThat(payload(Map.class)).isEqualTo(Map.of("max", 3));

        answers("\"hello\"");
        assertThat(payload(String.class)).isEqualTo("hello");

        answers("\"\\\"hello\\\"\"");
        assertThat(payload(String.class)).isEqualTo("hello");
    }

    @Test
    void noPayloadIsNull() {
        answers("null");

        assertThat(payload(String.class)).isNull();
    }

    @Test
    void aPayloadOfAnotherTypeIsAnErrorThatDoesNotShowIt() {
        answers("{\"password\": \"secret\"}");

        assertThat(catchThrowable(() -> payload(Integer.class))).isInstanceOf(PostHogResponseException.class)
                .hasMessageContaining("'limits'").hasMessageContaining("Integer").message().doesNotContain("secret");
    }

    @Test
    void anUnknownFlagIsNotFound() {
        stub.register(get(urlPathEqualTo(PATH)).willReturn(aResponse().withStatus(404)));

        assertThat(catchThrowable(() -> payload(String.class))).isInstanceOf(PostHogNotFoundException.class);
    }

    @Test
    void aBlankKeyIsTheCallersMistake() {
        assertThat(catchThrowable(() -> postHog.getRemoteConfigPayload(" ", String.class).await().indefinitely()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutAKeyNothingIsRead() {
        PostHog captures = accounts.open("captures", AccountSettings.create().projectApiKey(PostHogStub.PROJECT_KEY)
                .host(URI.create(PostHogStub.url())));

        assertThat(catchThrowable(() -> captures.getRemoteConfigPayload("limits", String.class).await().indefinitely()))
                .isInstanceOf(PostHogMissingKeyException.class)
                .hasMessageContaining("quarkus.posthog.\"captures\".feature-flags-secure-api-key");
        accounts.close("captures");
    }

    private void answers(String json) {
        stub.register(get(urlPathEqualTo(PATH)).willReturn(jsonResponse(json, 200)));
    }

    private <T> T payload(Class<T> type) {
        return postHog.getRemoteConfigPayload("limits", type).await().atMost(Duration.ofSeconds(10));
    }
}
