package io.quarkiverse.posthog.test.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.PostHogConflictException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogRateLimitException;
import io.quarkiverse.posthog.PostHogServerException;
import io.quarkiverse.posthog.PostHogValidationException;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.Cancellable;

/** What is sent again, what is not, and what is sent no more. */
class RetriesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .overrideConfigKey("quarkus.posthog.retry.max-retry-after", "2s")
            .overrideConfigKey("quarkus.posthog.read-timeout", "5s");

    private static final ResponseDefinitionBuilder COHORT = jsonResponse("{\"id\": 55}", 200);

    @Inject
    PostHog postHog;

    @Inject
    PostHogAccounts accounts;

    @Inject
    ObjectMapper mapper;

    private WireMock stub;

    @BeforeEach
    void reset() {
        stub = PostHogStub.reset();
    }

    @Test
    void repeatsReadsUntilTheyAreAnswered() {
        answers(status(503), status(503), COHORT);

        assertThat(item(postHog.cohorts().get(55)).id()).isEqualTo(55);

        assertThat(requests()).hasSize(3);
    }

    @Test
    void givesUpAfterThreeRetries() {
        answers(status(500), status(502), status(504), status(503), COHORT);

        assertThat(catchThrowable(() -> item(postHog.cohorts().get(55)))).isInstanceOf(PostHogServerException.class)
                .hasMessageContaining("503");

        assertThat(requests()).hasSize(4);
    }

    @Test
    void doesNotRepeatWhatIsWrong() {
        answers(status(400), COHORT);

        assertThat(catchThrowable(() -> item(postHog.cohorts().get(55)))).isInstanceOf(PostHogValidationException.class);

        assertThat(requests()).hasSize(1);
    }

    @Test
    void doesNotRepeatAWriteThatMayHaveBeenDone() {
        for (ResponseDefinitionBuilder answer : List.of(status(500), status(502), status(504),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))) {
            reset();
            answers(answer, jsonResponse("{\"id\": 12}", 201));

            assertThat(catchThrowable(() -> item(postHog.featureFlags().create(NewFeatureFlag.of("checkout"))))).isNotNull();

            assertThat(requests()).hasSize(1);
        }
    }

    /** A mistake of the caller, and not one of the network. */
    @Test
    void doesNotRepeatWhatIsNull() {
        assertThat(catchThrowable(() -> item(postHog.featureFlags().create(null)))).isInstanceOf(NullPointerException.class);

        assertThat(requests()).isEmpty();
    }

    @Test
    void repeatsAWriteThatWasRefused() {
        answers(status(429), status(503), jsonResponse("{\"id\": 12}", 201));

        assertThat(item(postHog.featureFlags().create(NewFeatureFlag.of("checkout"))).id()).isEqualTo(12);

        assertThat(requests()).hasSize(3).extracting(LoggedRequest::getBodyAsString).containsOnly(
                requests().get(0).getBodyAsString());
    }

    @Test
    void repeatsRestoringWhichIsTheSameTwice() {
        answers(status(500), jsonResponse("{\"id\": 12, \"deleted\": false}", 200));

        assertThat(item(postHog.featureFlags().restore(12)).deleted()).isFalse();

        assertThat(requests()).hasSize(2);
    }

    @Test
    void doesNotRepeatDeletingWhichMayChangeTheKeyTwice() {
        answers(status(500), jsonResponse("{\"id\": 12, \"deleted\": true}", 200));

        assertThat(catchThrowable(() -> item(postHog.featureFlags().delete(12)))).isInstanceOf(PostHogServerException.class);

        assertThat(requests()).hasSize(1);
    }

    @Test
    void repeatsReadsWhoseConnectionBroke() {
        answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), aResponse().withFault(Fault.EMPTY_RESPONSE), COHORT);

        assertThat(item(postHog.cohorts().get(55)).id()).isEqualTo(55);
    }

    @Test
    void waitsAsLongAsPostHogAsks() {
        answers(status(429).withHeader("Retry-After", "1"), COHORT);
        long start = System.nanoTime();

        item(postHog.cohorts().get(55));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(990), Duration.ofSeconds(4));
    }

    @Test
    void doesNotWaitForever() {
        answers(status(429).withHeader("Retry-After", "3"), COHORT);

        assertThat(catchThrowable(() -> item(postHog.cohorts().get(55)))).isInstanceOfSatisfying(
                PostHogRateLimitException.class, failure -> assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(3)));

        assertThat(requests()).hasSize(1);
    }

    @Test
    void repeatsEventsAsTheyWereWithANewTimeOfSending() throws Exception {
        answers(status(500), aResponse().withFault(Fault.EMPTY_RESPONSE), jsonResponse("{\"status\": 1}", 200));

        UUID uuid = item(postHog.captureImmediate(CaptureEvent.of("order placed", "zoey").property("amount", 49.9)));

        assertThat(requests()).hasSize(3);
        JsonNode first = mapper.readTree(requests().get(0).getBodyAsString());
        assertThat(first.at("/batch/0/uuid").asText()).isEqualTo(uuid.toString());
        for (LoggedRequest request : requests()) {
            assertThat(mapper.readTree(request.getBodyAsString()).path("batch")).isEqualTo(first.path("batch"));
        }
        assertThat(requests()).extracting(it -> mapper.readTree(it.getBodyAsString()).path("sent_at").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void keepsTheEventWhenTheCallerSubscribesAgain() throws Exception {
        answers(status(400), jsonResponse("{\"status\": 1}", 200));

        UUID uuid = item(postHog.captureImmediate(CaptureEvent.of("order placed", "zoey")).onFailure().retry().atMost(1));

        assertThat(requests()).hasSize(2).extracting(it -> mapper.readTree(it.getBodyAsString()).at("/batch/0/uuid").asText())
                .containsOnly(uuid.toString());
    }

    @Test
    void repeatsThePageAndNotTheList() {
        answers(persons("/?page=2", 1, 2), status(503), persons(null, 3));

        assertThat(item(postHog.persons().list(PersonQuery.create().pageSize(2)).collect().asList())).hasSize(3);

        assertThat(requests()).hasSize(3);
    }

    @Test
    void requestsOnePageForTheFirstThreeOfAHundred() {
        answers(persons("/?offset=100", IntStream.range(0, 100).toArray()));

        assertThat(item(postHog.persons().list().select().first(3).collect().asList())).hasSize(3);

        assertThat(requests()).hasSize(1);
        assertThat(requests().get(0).queryParameter("limit").firstValue()).isEqualTo("100");
    }

    @Test
    void requestsAPageWhenItIsWanted() throws InterruptedException {
        answers(persons("/?page=2", 1, 2), persons("/?page=3", 3, 4), persons(null, 5));
        AssertSubscriber<Person> persons = postHog.persons().list(PersonQuery.create().pageSize(2)).subscribe()
                .withSubscriber(AssertSubscriber.create(0));
        Thread.sleep(100);
        assertThat(requests()).isEmpty();

        persons.request(2).awaitItems(2);
        Thread.sleep(100);
        assertThat(requests()).hasSize(1);
        persons.request(1).awaitItems(3);
        assertThat(requests()).hasSize(2);
        persons.cancel();
        Thread.sleep(100);
        assertThat(requests()).hasSize(2);
    }

    /** A server that takes the request and keeps silent; what it reads after the request is the end of the connection. */
    @Test
    void closesTheConnectionOfACancelledRequest() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PostHog silent = accounts.open("silent", AccountSettings.create().personalApiKey("phx_silent").projectId(1)
                    .readTimeout(Duration.ofMinutes(1)).host(URI.create("http://127.0.0.1:" + server.getLocalPort())));
            Cancellable inFlight = silent.cohorts().get(55).subscribe().with(item -> {
            });
            try (Socket connection = server.accept()) {
                connection.setSoTimeout(5000);
                InputStream input = connection.getInputStream();
                String request = "";
                while (!request.endsWith("\r\n\r\n")) {
                    request += (char) input.read();
                }

                inFlight.cancel();

                assertThat(request).startsWith("GET /api/projects/1/cohorts/55/ HTTP/1.1");
                assertThat(input.read()).isEqualTo(-1);
            }
        } finally {
            accounts.close("silent");
        }
    }

    @Test
    void sendsNothingMoreWhenItIsCancelled() throws InterruptedException {
        stub.register(any(anyUrl()).willReturn(status(503).withFixedDelay(300)));

        Cancellable inFlight = postHog.cohorts().get(55).subscribe().with(item -> {
        });
        await().atMost(Duration.ofSeconds(5)).until(() -> !requests().isEmpty());
        inFlight.cancel();
        Thread.sleep(800);

        assertThat(requests()).hasSize(1);
    }

    @Test
    void sendsNothingMoreWhenItIsCancelledWhileItWaits() throws InterruptedException {
        stub.register(any(anyUrl()).willReturn(status(429).withHeader("Retry-After", "1")));

        Cancellable waiting = postHog.cohorts().get(55).subscribe().with(item -> {
        });
        await().atMost(Duration.ofSeconds(5)).until(() -> !requests().isEmpty());
        Thread.sleep(200);
        waiting.cancel();
        Thread.sleep(1300);

        assertThat(requests()).hasSize(1);
    }

    @Test
    void sendsAgainWithEachSubscription() {
        stub.register(any(anyUrl()).willReturn(COHORT));
        Uni<?> cohort = postHog.cohorts().get(55);
        assertThat(requests()).isEmpty();

        item(cohort);
        item(cohort);

        assertThat(requests()).hasSize(2);
    }

    // Two who change the same flag

    @Test
    void comparesTheVersionBeforeItWrites() {
        answers(jsonResponse("{\"id\": 12, \"key\": \"checkout\", \"version\": 4}", 200));

        assertThat(catchThrowable(() -> item(postHog.featureFlags().update(12,
                FeatureFlagUpdate.create().active(true).expectedVersion(3))))).isInstanceOf(PostHogConflictException.class)
                .hasMessageContaining("it has version 4, not 3");

        assertThat(requests()).hasSize(1);
    }

    @Test
    void letsPostHogCompareTheVersionToo() throws Exception {
        answers(jsonResponse("{\"id\": 12, \"key\": \"checkout\", \"version\": 3, \"odd\": 1}", 200), jsonResponse("""
                {"type": "server_error", "code": "conflict", "detail": "The feature flag was updated by ada@example.test",
                 "attr": null}""", 409));

        assertThat(catchThrowable(() -> item(postHog.featureFlags().update(12,
                FeatureFlagUpdate.create().active(true).expectedVersion(3))))).isInstanceOf(PostHogConflictException.class)
                .hasMessageContaining("ada@example.test");

        LoggedRequest patch = requests().get(1);
        assertThat(mapper.readValue(patch.getBodyAsString(), Map.class)).isEqualTo(Map.of("active", true, "version", 3,
                "original_flag", Map.of("id", 12, "key", "checkout", "version", 3, "odd", 1)));
    }

    @Test
    void givesUpOnAServerThatNeverAnswers() {
        stub.register(any(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThat(catchThrowable(() -> item(postHog.cohorts().get(55)))).isInstanceOf(PostHogConnectionException.class);

        assertThat(requests()).hasSize(4);
    }

    private static ResponseDefinitionBuilder status(int status) {
        return aResponse().withStatus(status);
    }

    private static ResponseDefinitionBuilder persons(String next, int... numbers) {
        StringBuilder results = new StringBuilder();
        for (int number : numbers) {
            results.append(results.isEmpty() ? "" : ",").append("{\"uuid\": \"" + new UUID(7, number) + "\"}");
        }
        return jsonResponse("{\"next\": " + (next == null ? null : "\"" + next + "\"") + ", \"results\": [" + results + "]}",
                200);
    }

    /** One after the other; the last one stays. */
    private void answers(ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            stub.register(any(anyUrl()).inScenario("answers")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "answer " + i)
                    .willSetStateTo("answer " + Math.min(i + 1, answers.length - 1))
                    .willReturn(answers[i]));
        }
        stub.resetScenarios();
    }

    /** In the order they came. */
    private List<LoggedRequest> requests() {
        return stub.find(anyRequestedFor(anyUrl())).stream()
                .sorted(Comparator.comparing(LoggedRequest::getLoggedDate)).toList();
    }

    private static <T> T item(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }
}
