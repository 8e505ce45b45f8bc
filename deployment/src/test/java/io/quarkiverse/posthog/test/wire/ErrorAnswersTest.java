package io.quarkiverse.posthog.test.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.PostHogPermissionException;
import io.quarkiverse.posthog.PostHogQuotaException;
import io.quarkiverse.posthog.PostHogRateLimitException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.PostHogValidationException;
import io.quarkiverse.posthog.featureflags.FeatureFlagInUseException;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** Answers that are no success, and answers that are nothing at all. */
class ErrorAnswersTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .overrideConfigKey("quarkus.posthog.read-timeout", "2s")
            .overrideConfigKey("quarkus.posthog.retry.max-retries", "0");

    private static final String HTML = "<html><body>Bad gateway " + "x".repeat(2000) + "</body></html>";

    @Inject
    PostHog postHog;

    private WireMock stub;

    @BeforeEach
    void reset() {
        stub = PostHogStub.reset();
    }

    @ParameterizedTest
    @CsvSource({ "400, PostHogValidationException", "401, PostHogAuthenticationException", "402, PostHogQuotaException",
            "403, PostHogPermissionException", "404, PostHogNotFoundException", "405, PostHogValidationException",
            "409, PostHogConflictException", "415, PostHogValidationException", "422, PostHogValidationException",
            "429, PostHogRateLimitException", "500, PostHogServerException", "502, PostHogServerException",
            "503, PostHogServerException", "504, PostHogServerException", "512, PostHogServerException" })
    void haveAnExceptionForEachStatus(int status, String exception) {
        answer(jsonResponse("""
                {"type": "some_type", "code": "some_code", "detail": "Some detail.", "attr": "key", "extra": {"a": 1}}""",
                status));

        PostHogApiException failure = catchThrowableOfType(PostHogApiException.class, this::getCohort);

        assertThat(failure.getClass().getSimpleName()).isEqualTo(exception);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.type()).hasValue("some_type");
        assertThat(failure.code()).hasValue("some_code");
        assertThat(failure.detail()).hasValue("Some detail.");
        assertThat(failure.attr()).hasValue("key");
        assertThat(failure.retryAfter()).isEmpty();
        assertThat(failure.account()).isEqualTo("default");
        assertThat(failure.operation()).isEqualTo("cohorts.get");
        assertThat(failure).hasMessageStartingWith(
                "PostHog account 'default', cohorts.get: PostHog responded with " + status
                        + " (some_code): Some detail. [key]");
        assertThat(stub.find(anyRequestedFor(anyUrl()))).hasSize(1);
    }

    @Test
    void saysWhichScopeIsMissing() {
        answer(jsonResponse("""
                {"type": "authentication_error", "code": "permission_denied",
                 "detail": "API key missing required scope 'cohort:read'", "attr": null}""", 403));

        PostHogPermissionException failure = catchThrowableOfType(PostHogPermissionException.class, this::getCohort);

        assertThat(failure.missingScope()).hasValue("cohort:read");
        assertThat(failure).hasMessageEndingWith("add the scope cohort:read to the personal API key");
    }

    @Test
    void saysWhenToTryAgain() {
        answer(jsonResponse("""
                {"type": "throttled_error", "code": "throttled",
                 "detail": "Request was throttled. Expected available in 17 seconds.", "attr": null}""", 429)
                .withHeader("Retry-After", "17"));

        PostHogRateLimitException failure = catchThrowableOfType(PostHogRateLimitException.class, this::getCohort);

        assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(17));
    }

    @Test
    void mayBeEmpty() {
        answer(aResponse().withStatus(405));

        PostHogValidationException failure = catchThrowableOfType(PostHogValidationException.class, this::getCohort);

        assertThat(failure.status()).isEqualTo(405);
        assertThat(failure).hasMessage("PostHog account 'default', cohorts.get: PostHog responded with 405");
    }

    @Test
    void mayBeTextFromTheIngestion() {
        answer(aResponse().withStatus(401).withHeader("Content-Type", "text/plain")
                .withBody("invalid API key phc_stubProjectKey"));

        PostHogApiException failure = catchThrowableOfType(PostHogApiException.class,
                () -> postHog.captureImmediate(CaptureEvent.of("a", "b")).await().atMost(Duration.ofSeconds(10)));

        assertThat(failure.status()).isEqualTo(401);
        assertThat(failure.detail()).hasValue("invalid API key ***");
        assertThat(failure).hasMessageNotContaining("phc_stub");
    }

    @Test
    void mayBeAnotherKindOfJson() {
        answer(jsonResponse("{\"success\": false, \"error\": \"Flag has been deleted\"}", 400));
        assertThat(catchThrowable(this::getCohort)).isInstanceOf(PostHogValidationException.class)
                .hasMessageContaining("PostHog responded with 400: Flag has been deleted");

        reset();
        answer(jsonResponse("{\"error\": \"billing\", \"error_description\": \"The limit is reached\"}", 402));
        assertThat(catchThrowable(this::getCohort)).isInstanceOf(PostHogQuotaException.class)
                .hasMessageContaining("PostHog responded with 402: The limit is reached");

        reset();
        answer(jsonResponse("[\"odd\"]", 400));
        assertThat(catchThrowable(this::getCohort)).isInstanceOf(PostHogValidationException.class)
                .hasMessageContaining("[\"odd\"]");
    }

    @Test
    void mayBeThePageOfAProxy() {
        answer(aResponse().withStatus(502).withHeader("Content-Type", "text/html").withBody(HTML));

        PostHogException failure = catchThrowableOfType(PostHogException.class, this::getCohort);

        assertThat(failure).hasMessageContaining("PostHog responded with 502: Bad gateway xxx");
        assertThat(failure.getMessage().length()).isLessThan(700);
    }

    @Test
    void mayBeARedirectWhichIsNotFollowed() {
        for (String method : List.of("read", "capture")) {
            reset();
            answer(aResponse().withStatus(301).withHeader("Location",
                    PostHogStub.url() + "/elsewhere?key=phx_stubPersonalKey"));

            Throwable failure = catchThrowable(() -> {
                if (method.equals("read")) {
                    getCohort();
                } else {
                    postHog.captureImmediate(CaptureEvent.of("a", "b")).await().atMost(Duration.ofSeconds(10));
                }
            });

            assertThat(failure).isInstanceOf(PostHogResponseException.class)
                    .hasMessageContaining("responded with a redirect (301) to " + PostHogStub.url() + "/elsewhere, which")
                    .hasMessageNotContaining("phx_");
            assertThat(stub.find(anyRequestedFor(urlPathEqualTo("/elsewhere")))).isEmpty();
        }
    }

    @Test
    void tellThatAFlagIsInUse() {
        answer(jsonResponse(
                """
                        {"type": "validation_error", "code": "invalid_input", "detail": "Cannot delete a flag with a running experiment.",
                         "attr": null}""",
                400));

        assertThat(catchThrowable(() -> postHog.featureFlags().delete(12).await().atMost(Duration.ofSeconds(10))))
                .isInstanceOf(FeatureFlagInUseException.class).hasMessageContaining("running experiment");
    }

    // Successful answers that make no sense

    @ParameterizedTest
    @ValueSource(strings = { "{\"id\": 55, \"name\": \"Be", "not json", "[]", "5", "{\"id\": {}}", "<html></html>" })
    void mayBeSuccessfulAndUnreadable(String body) {
        answer(jsonResponse(body, 200));

        assertThat(catchThrowable(this::getCohort)).isInstanceOf(PostHogResponseException.class)
                .hasMessageStartingWith("PostHog account 'default', cohorts.get: the response from localhost can't be read: ");
        assertThat(stub.find(anyRequestedFor(anyUrl()))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"next\": null, \"results\": [{\"uuid\": ", "[]", "{\"detail\": \"odd\"}",
            "{\"results\": [null]}",
            "{\"results\": {}}" })
    void mayBeAListThatIsNone(String body) {
        answer(jsonResponse(body, 200));

        assertThat(catchThrowable(() -> postHog.persons().list().collect().asList().await().atMost(Duration.ofSeconds(10))))
                .isInstanceOf(PostHogResponseException.class)
                .hasMessageStartingWith("PostHog account 'default', persons.list: the response from localhost can't be read: ");
    }

    @Test
    void maySayWhatCanNotBeRead() {
        answer(jsonResponse("{\"results\": [{\"properties\": {}}, {\"created_at\": \"yesterday\"}]}", 200));

        assertThat(catchThrowable(() -> postHog.persons().page(PersonQuery.create()).await().atMost(Duration.ofSeconds(10))))
                .isInstanceOf(PostHogResponseException.class)
                .hasMessageContaining("can't be read: in 'results.1.created_at': ").hasMessageContaining("'yesterday'");
    }

    @Test
    void mayBeAPageWithStatus200() {
        answer(aResponse().withStatus(200).withHeader("Content-Type", "text/html").withBody(HTML));

        PostHogException failure = catchThrowableOfType(PostHogException.class, this::getCohort);

        assertThat(failure).isInstanceOf(PostHogResponseException.class).hasMessageContaining("can't be read")
                .hasMessageContaining("text/html").hasMessageEndingWith("which may lead to a server that is not PostHog");
        assertThat(failure.getMessage().length()).isLessThan(900);
    }

    @Test
    void mayBeAnotherContentTypeWithJsonInIt() {
        answer(aResponse().withStatus(200).withHeader("Content-Type", "text/plain").withBody("{\"id\": 55}"));

        assertThat(postHog.cohorts().get(55).await().atMost(Duration.ofSeconds(10)).id()).isEqualTo(55);
    }

    @ParameterizedTest
    @ValueSource(ints = { 200, 204 })
    void mayBeEmptyWhereSomethingIsDue(int status) {
        answer(aResponse().withStatus(status).withHeader("Content-Type", "application/json"));

        assertThat(catchThrowable(this::getCohort)).isInstanceOf(PostHogResponseException.class)
                .hasMessageContaining("the response is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = { "CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE",
            "MALFORMED_RESPONSE_CHUNK" })
    void mayBreakOff(String fault) {
        answer(aResponse().withFault(Fault.valueOf(fault)));

        assertThat(catchThrowable(this::getCohort)).isInstanceOf(PostHogConnectionException.class)
                .hasMessageContaining("can't reach " + PostHogStub.url()).hasMessageContaining("check quarkus.posthog.host");
    }

    @Test
    void maySayNothing() {
        answer(jsonResponse("{\"id\": 55}", 200).withFixedDelay(4000));

        assertThat(catchThrowable(this::getCohort)).isInstanceOf(PostHogConnectionException.class).hasMessage(
                "PostHog account 'default', cohorts.get: no response from " + PostHogStub.url()
                        + " within 2000 ms; raise quarkus.posthog.read-timeout to wait longer");
    }

    @Test
    void mayComeSlowly() {
        answer(jsonResponse("{\"id\": 55, \"description\": \"" + "x".repeat(500) + "\"}", 200).withChunkedDribbleDelay(10,
                700));

        assertThat(postHog.cohorts().get(55).await().atMost(Duration.ofSeconds(10)).id()).isEqualTo(55);
    }

    /** The timeout limits the whole response, not only the time without any data. */
    @Test
    void mayComeTooSlowly() {
        answer(jsonResponse("{\"id\": 55, \"description\": \"" + "x".repeat(500) + "\"}", 200).withChunkedDribbleDelay(20,
                8000));

        assertThat(catchThrowable(this::getCohort)).isInstanceOf(PostHogConnectionException.class)
                .hasMessageContaining("2000 ms");
    }

    @Test
    void mayFallSilentInTheMiddle() {
        answer(jsonResponse("{\"id\": 55, \"description\": \"" + "x".repeat(500) + "\"}", 200).withChunkedDribbleDelay(2,
                4000));

        assertThat(catchThrowable(this::getCohort)).isInstanceOf(PostHogConnectionException.class)
                .hasMessageContaining("2000 ms");
    }

    // Odd, but good

    @Test
    void mayHoldWhatNobodyKnowsYet() {
        answer(jsonResponse("""
                {"id": 55, "cohort_type": "invented", "count": 9007199254740993, "is_static": null, "is_calculating": null,
                 "brand": {"new": [1]}}""", 200));

        var cohort = postHog.cohorts().get(55).await().atMost(Duration.ofSeconds(10));

        assertThat(cohort.cohortType()).isEqualTo("invented");
        assertThat(cohort.count()).isEqualTo(9007199254740993L);
        assertThat(cohort.additionalProperties()).containsKey("brand");
    }

    @Test
    void mayHoldNumbersThatFitNowhere() {
        answer(jsonResponse("""
                {"next": null, "results": [{"uuid": "0192bbbb-2222-7000-8000-000000000001",
                 "properties": {"huge": 123456789012345678901234567890, "tiny": 1E-400, "wide": 0.12345678901234567890}}]}""",
                200));

        var properties = postHog.persons().page(PersonQuery.create()).await().atMost(Duration.ofSeconds(10)).items().get(0)
                .properties();

        assertThat(properties.get("huge")).hasToString("123456789012345678901234567890");
        assertThat(properties.get("tiny")).hasToString("1E-400");
        assertThat(properties.get("wide")).hasToString("0.12345678901234567890");
    }

    @Test
    void mayLinkToAnotherHostWhichNeverGetsARequest() {
        String other = PostHogStub.url().replace("localhost", "127.0.0.1");
        stub.register(get(anyUrl()).willReturn(jsonResponse("{\"results\": [], \"next\": \"" + other
                + "/elsewhere/?offset=2&token=phc_other&limit=2\"}", 200)));
        stub.register(get(anyUrl()).withQueryParam("offset", WireMock.equalTo("2"))
                .willReturn(jsonResponse("{\"results\": [], \"next\": null}", 200)));

        assertThat(postHog.persons().list().collect().asList().await().atMost(Duration.ofSeconds(10))).isEmpty();

        var requests = stub.find(anyRequestedFor(anyUrl()));
        assertThat(requests).hasSize(2).allSatisfy(request -> {
            assertThat(request.getHost()).isEqualTo("localhost");
            assertThat(request.getUrl()).startsWith(PostHogStub.path("/persons/?")).doesNotContain("phc_other");
        });
    }

    private void getCohort() {
        postHog.cohorts().get(55).await().atMost(Duration.ofSeconds(10));
    }

    private void answer(ResponseDefinitionBuilder answer) {
        stub.register(any(anyUrl()).willReturn(answer));
    }
}
