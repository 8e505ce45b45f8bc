package io.quarkiverse.posthog.test.flags;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.test.Guarantee;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** What evaluating flags looks like on the wire, and which failures are tried again. */
class RemoteFlagsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .overrideConfigKey("quarkus.posthog.flags.exposure.enabled", "false")
            .overrideConfigKey("quarkus.posthog.flags.timeout", "2s")
            .overrideConfigKey("quarkus.posthog.headers.X-Proxy", "42");

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
    @Guarantee("RFL-1")
    void theRequestGoesToTheFlagsInVersion2WithoutAKeyInTheHeaders() {
        answers(flags());

        assertThat(evaluate(FlagContext.of("zoe")).isEnabled("beta-ui")).isTrue();

        LoggedRequest request = requests().get(0);
        assertThat(request.getMethod().getName()).isEqualTo("POST");
        assertThat(request.getUrl()).isEqualTo("/flags/?v=2");
        assertThat(request.containsHeader("Authorization")).isFalse();
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeader("X-Proxy")).isEqualTo("42");
        assertThat(request.getHeader("User-Agent")).startsWith("quarkus-posthog/");
        assertThat(request.getBodyAsString()).startsWith("{\"token\":\"" + PostHogStub.PROJECT_KEY + "\",");
    }

    @ParameterizedTest
    @ValueSource(strings = { "502", "504", "CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK" })
    @Guarantee({ "RFL-5", "HTC-4", "HTC-6" })
    void whatPostHogDidNotSeeIsTriedAgainAfter300Milliseconds(String failure) {
        answers(failure.matches("\\d+") ? aResponse().withStatus(Integer.parseInt(failure))
                : aResponse().withFault(Fault.valueOf(failure)), flags());

        assertThat(evaluate(FlagContext.of("zoe")).isEnabled("beta-ui")).isTrue();

        assertThat(requests()).hasSize(2).extracting(LoggedRequest::getBodyAsString).containsOnly(
                requests().get(0).getBodyAsString());
        assertThat(gaps()).singleElement().satisfies(gap -> assertThat(gap).isGreaterThanOrEqualTo(Duration.ofMillis(290)));
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 401, 402, 403, 404, 408, 413, 429, 500, 503 })
    @Guarantee({ "RFL-5", "HTC-4" })
    void everythingElseIsFinal(int status) {
        answers(aResponse().withStatus(status).withHeader("Retry-After", "1"), flags());

        FlagSnapshot flags = evaluate(FlagContext.of("zoe"));

        assertThat(flags.isEnabled("beta-ui")).isFalse();
        assertThat(flags.errors()).containsExactly(status == 402 ? FlagError.QUOTA_LIMITED : FlagError.api(status));
        assertThat(requests()).hasSize(1);
    }

    @Test
    @Guarantee({ "RFL-5", "HTC-4" })
    void howOftenItIsTriedIsConfigured() {
        for (int retries : List.of(0, 2)) {
            reset();
            answers(aResponse().withStatus(502), aResponse().withStatus(504), flags());
            PostHog account = accounts.open("retries-" + retries, settings("flags.max-retries", "" + retries));

            FlagSnapshot flags = account.evaluateFlags("zoe").await().atMost(Duration.ofSeconds(10));

            assertThat(flags.isEnabled("beta-ui")).isEqualTo(retries == 2);
            assertThat(requests()).hasSize(retries + 1);
            if (retries == 2) {
                assertThat(gaps().get(0)).isGreaterThanOrEqualTo(Duration.ofMillis(290));
                assertThat(gaps().get(1)).isGreaterThanOrEqualTo(Duration.ofMillis(590));
            }
            accounts.close(account.account());
        }
    }

    @Test
    @Guarantee({ "RFL-5", "HTC-4", "HTC-6" })
    void anAnswerThatComesTooLateIsAskedForAgain() {
        answers(flags().withFixedDelay(5_000), flags());
        PostHog account = accounts.open("slow-once", settings("flags.timeout", "300ms").set("flags.max-retries", "1"));

        FlagSnapshot flags = account.evaluateFlags("zoe").await().atMost(Duration.ofSeconds(4));

        assertThat(flags.isEnabled("beta-ui")).isTrue();
        assertThat(requests()).hasSize(2).extracting(LoggedRequest::getBodyAsString)
                .containsOnly(requests().get(0).getBodyAsString());
        accounts.close("slow-once");
    }

    @Test
    @Guarantee("RFL-6")
    void anAnswerThatComesTooLateIsATimeout() {
        stub.register(post(urlPathEqualTo("/flags/")).willReturn(flags().withFixedDelay(5_000)));
        PostHog account = accounts.open("slow", settings("flags.timeout", "300ms").set("flags.max-retries", "0"));

        FlagSnapshot flags = account.evaluateFlags("zoe").await().atMost(Duration.ofSeconds(4));

        assertThat(flags.isEnabled("beta-ui", true)).isTrue();
        assertThat(flags.errors()).containsExactly(FlagError.TIMEOUT);
        accounts.close("slow");
    }

    @Test
    @Guarantee("EVF-17")
    void aHostThatIsNotThereIsAFailedConnection() {
        PostHog account = accounts.open("gone", AccountSettings.create().projectApiKey(PostHogStub.PROJECT_KEY)
                .host(URI.create("http://localhost:1")).set("flags.max-retries", "0"));

        assertThat(account.evaluateFlags("zoe").await().atMost(Duration.ofSeconds(10)).errors())
                .containsExactly(FlagError.CONNECTION);
        accounts.close("gone");
    }

    @Test
    void withoutAProjectTokenNothingIsEvaluated() {
        PostHog account = accounts.open("reads", AccountSettings.create().personalApiKey(PostHogStub.PERSONAL_KEY)
                .host(URI.create(PostHogStub.url())));

        assertThat(account.isFeatureEnabled("beta-ui", "zoe", true).await().atMost(Duration.ofSeconds(10))).isTrue();
        assertThat(requests()).isEmpty();
        assertThat(account.captureStatus().dropped()).as("exposures that can't be told").isEmpty();
        accounts.close("reads");
    }

    private static ResponseDefinitionBuilder flags() {
        return jsonResponse("{\"flags\": {\"beta-ui\": {\"key\": \"beta-ui\", \"enabled\": true}}}", 200);
    }

    private FlagSnapshot evaluate(FlagContext context) {
        return postHog.evaluateFlags(context).await().atMost(Duration.ofSeconds(10));
    }

    private static AccountSettings settings(String property, String value) {
        return AccountSettings.create().projectApiKey(PostHogStub.PROJECT_KEY).host(URI.create(PostHogStub.url()))
                .set(property, value).set("flags.exposure.enabled", "false");
    }

    private void answers(ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            stub.register(post(urlPathEqualTo("/flags/")).inScenario("answers")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "" + i)
                    .willSetStateTo("" + Math.min(i + 1, answers.length - 1)).willReturn(answers[i]));
        }
        stub.resetScenarios();
    }

    private List<LoggedRequest> requests() {
        return stub.find(anyRequestedFor(anyUrl())).stream().sorted(Comparator.comparing(LoggedRequest::getLoggedDate))
                .toList();
    }

    /** The times between requests. */
    private List<Duration> gaps() {
        List<LoggedRequest> requests = requests();
        return IntStream.range(1, requests.size())
                .mapToObj(i -> Duration.between(requests.get(i - 1).getLoggedDate().toInstant(),
                        requests.get(i).getLoggedDate().toInstant()))
                .toList();
    }
}
