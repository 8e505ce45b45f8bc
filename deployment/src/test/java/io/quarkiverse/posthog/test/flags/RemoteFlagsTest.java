package io.quarkiverse.posthog.test.flags;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.subscription.Cancellable;

/** What evaluating flags looks like on the wire, and which failures are tried again. */
class RemoteFlagsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .overrideConfigKey("quarkus.posthog.flags.send-feature-flag-events", "false")
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
    @Tag("RFL-1")
    void theRequestGoesToTheFlagsInVersion2WithoutAKeyInTheHeaders() {
        answers(flags());

        assertThat(evaluate(FlagContext.of("zoe")).isEnabled("beta-ui")).isTrue();

        LoggedRequest request = requests().get(0);
        assertThat(request.getMethod().getName()).isEqualTo("POST");
        assertThat(request.getUrl()).isEqualTo("/flags/?v=2");
        assertThat(request.containsHeader("Authorization")).isFalse();
        assertThat(request.containsHeader("Content-Encoding")).isFalse();
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeader("X-Proxy")).isEqualTo("42");
        assertThat(request.getHeader("User-Agent")).startsWith("quarkus-posthog/");
        assertThat(request.getBodyAsString()).startsWith("{\"token\":\"" + PostHogStub.PROJECT_KEY + "\",");
    }

    @Test
    @Tag("RFL-12")
    void aLargeRequestIsSentUncompressedToAHostThatCannotDecompressIt() {
        FlagContext large = FlagContext.of("zoe").personProperty("notes", "text".repeat(500));
        answers(aResponse().withStatus(400).withBody("Invalid request: gzip decompression failed"), flags());

        assertThat(evaluate(large).isEnabled("beta-ui")).isTrue();
        evaluate(large);

        assertThat(requests()).extracting(request -> request.getHeader("Content-Encoding"))
                .containsExactly("gzip", null, null);
        assertThat(requests()).extracting(LoggedRequest::getBodyAsString)
                .allSatisfy(body -> assertThat(body).contains("\"notes\":\"texttext"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "502", "504", "CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK" })
    @Tag("RFL-5")
    @Tag("HTC-4")
    @Tag("HTC-6")
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
    @Tag("RFL-5")
    @Tag("HTC-4")
    void everythingElseIsFinal(int status) {
        answers(aResponse().withStatus(status).withHeader("Retry-After", "1"), flags());

        FlagSnapshot flags = evaluate(FlagContext.of("zoe"));

        assertThat(flags.isEnabled("beta-ui")).isFalse();
        assertThat(flags.errors()).containsExactly(status == 402 ? FlagError.QUOTA_LIMITED : FlagError.apiError(status));
        assertThat(requests()).hasSize(1);
    }

    @Test
    @Tag("RFL-5")
    @Tag("HTC-4")
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

    @ParameterizedTest
    @ValueSource(ints = { 0, 5 })
    @Tag("RFL-6")
    void anAnswerThatComesTooLateIsATimeout(int retries) {
        stub.register(post(urlPathEqualTo("/flags/")).willReturn(flags().withFixedDelay(8_000)));
        PostHog account = accounts.open("slow", settings("flags.timeout", "500ms").set("flags.max-retries", "" + retries));
        long start = System.nanoTime();

        FlagSnapshot flags = account.evaluateFlags("zoe").await().atMost(Duration.ofSeconds(10));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(490), Duration.ofSeconds(4));
        assertThat(flags.isEnabled("beta-ui", true)).isTrue();
        assertThat(flags.errors()).containsExactly(FlagError.TIMEOUT);
        assertThat(requests()).hasSizeLessThanOrEqualTo(1);
        accounts.close("slow");
    }

    @Test
    @Tag("RFL-6")
    void retriesTakeNoMoreThanTheTimeThatIsLeft() {
        stub.register(post(urlPathEqualTo("/flags/")).willReturn(aResponse().withStatus(502)));
        PostHog account = accounts.open("busy", settings("flags.timeout", "1s").set("flags.max-retries", "50"));
        long start = System.nanoTime();

        FlagSnapshot flags = account.evaluateFlags("zoe").await().atMost(Duration.ofSeconds(10));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(990), Duration.ofSeconds(4));
        assertThat(flags.errors()).containsExactly(FlagError.TIMEOUT);
        accounts.close("busy");
    }

    /** A server that takes the request and keeps silent; what it reads after the request is the end of the connection. */
    @Test
    @Tag("RFL-8")
    void theConnectionOfACancelledEvaluationIsClosed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PostHog silent = accounts.open("silent", AccountSettings.create().projectApiKey(PostHogStub.PROJECT_KEY)
                    .host(URI.create("http://127.0.0.1:" + server.getLocalPort())).set("flags.timeout", "1m"));
            Cancellable first = silent.evaluateFlags("zoe").subscribe().with(flags -> {
            });
            Cancellable second = silent.evaluateFlags("zoe").subscribe().with(flags -> {
            });
            try (Socket connection = server.accept()) {
                InputStream input = connection.getInputStream();
                String request = "";
                while (!request.endsWith("\"server\"}")) {
                    request += (char) input.read();
                }
                assertThat(request).startsWith("POST /flags/?v=2 HTTP/1.1");

                first.cancel();
                connection.setSoTimeout(300);
                assertThatThrownBy(input::read).isInstanceOf(SocketTimeoutException.class);
                second.cancel();

                connection.setSoTimeout(10_000);
                assertThat(input.read()).isEqualTo(-1);
            }
        } finally {
            accounts.close("silent");
        }
    }

    @Test
    @Tag("EVF-17")
    void aHostThatIsNotThereIsAFailedConnection() {
        PostHog account = accounts.open("gone", AccountSettings.create().projectApiKey(PostHogStub.PROJECT_KEY)
                .host(URI.create("http://localhost:1")).set("flags.max-retries", "0"));

        assertThat(account.evaluateFlags("zoe").await().atMost(Duration.ofSeconds(10)).errors())
                .containsExactly(FlagError.CONNECTION_ERROR);
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
                .set(property, value).set("flags.send-feature-flag-events", "false");
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
