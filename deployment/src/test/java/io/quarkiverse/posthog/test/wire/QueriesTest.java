package io.quarkiverse.posthog.test.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.Scenario;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogRateLimitException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.PostHogServerException;
import io.quarkiverse.posthog.PostHogValidationException;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryRefresh;
import io.quarkiverse.posthog.query.QueryResult;
import io.quarkiverse.posthog.query.QueryRow;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Queries: in the background, cut off, one at a time; and the threads that results come back on. */
class QueriesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .overrideConfigKey("quarkus.posthog.query-timeout", "5s")
            .overrideConfigKey("quarkus.posthog.rate-limit.enabled", "true")
            .overrideConfigKey("quarkus.posthog.rate-limit.concurrent-queries", "1");

    private static final String QUERY = PostHogStub.path("/query/");
    private static final String STATUS = PostHogStub.path("/query/q-1/");
    private static final String RUNNING = """
            {"query_status": {"id": "q-1", "complete": false, "error": false, "error_message": null, "results": null}}""";
    private static final String ROWS = """
            {"columns": ["n"], "types": [["n", "UInt64"]], "results": [[1], [2]], "hasMore": %s}""";

    @Inject
    PostHog postHog;

    @Inject
    Vertx vertx;

    private WireMock stub;

    @BeforeEach
    void reset() {
        stub = PostHogStub.reset();
    }

    @Test
    void waitsForAQueryInTheBackground() {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(RUNNING, 202)));
        stub.register(get(urlEqualTo(STATUS)).inScenario("poll").whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("done").willReturn(jsonResponse(RUNNING, 202)));
        stub.register(get(urlEqualTo(STATUS)).inScenario("poll").whenScenarioStateIs("done").willReturn(jsonResponse("""
                {"query_status": {"id": "q-1", "complete": true, "error": false, "results": %s}}"""
                .formatted(ROWS.formatted(false)), 200)));
        stub.resetScenarios();

        QueryResult result = item(postHog.query(HogQLQuery.of("select n").refresh(QueryRefresh.ASYNC)));

        assertThat(result.rows()).extracting(row -> row.getLong("n")).containsExactly(1L, 2L);
        assertThat(stub.find(postRequestedFor(urlEqualTo(QUERY)))).singleElement()
                .satisfies(it -> assertThat(it.getBodyAsString()).contains("\"refresh\":\"async\""));
        assertThat(stub.find(getRequestedFor(urlEqualTo(STATUS)))).hasSize(2);
    }

    @Test
    void doesNotWaitForAQueryInTheBackgroundForEver() {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(RUNNING, 202)));
        stub.register(get(urlEqualTo(STATUS)).willReturn(jsonResponse(RUNNING, 202)));
        stub.register(delete(urlEqualTo(STATUS)).willReturn(jsonResponse("{\"message\": \"cancelled\"}", 200)));

        assertThat(catchThrowable(() -> item(postHog.query("select n")))).isInstanceOf(PostHogResponseException.class)
                .hasMessageContaining("raise quarkus.posthog.query-timeout to wait longer");

        await().untilAsserted(() -> assertThat(stub.find(deleteRequestedFor(urlEqualTo(STATUS)))).hasSize(1));
    }

    @Test
    void aQueryWithoutAResponseEndsInTime() {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(ROWS.formatted(false), 200).withFixedDelay(9_000)));

        assertEndsInTime(PostHogConnectionException.class);
    }

    @Test
    void retriesOfAQueryAreLimited() {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse("{}", 503).withHeader("Retry-After", "20")));

        assertEndsInTime(PostHogConnectionException.class);
        assertThat(stub.find(postRequestedFor(urlEqualTo(QUERY)))).hasSize(1);
    }

    @Test
    void aStatusWithoutAResponseEndsInTimeAndStopsTheQuery() {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(RUNNING, 202)));
        stub.register(get(urlEqualTo(STATUS)).willReturn(jsonResponse(RUNNING, 202).withFixedDelay(9_000)));
        stub.register(delete(urlEqualTo(STATUS)).willReturn(jsonResponse("{\"message\": \"cancelled\"}", 200)));

        assertEndsInTime(PostHogResponseException.class);
        await().untilAsserted(() -> assertThat(stub.find(deleteRequestedFor(urlEqualTo(STATUS)))).hasSize(1));
    }

    @Test
    void waitingForOtherQueriesIsNotPartOfTheTime() {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(ROWS.formatted(false), 200).withFixedDelay(1_900)));

        List<QueryResult> results = item(
                Uni.join().all(IntStream.range(0, 3).mapToObj(i -> postHog.query("select " + i)).toList()).andFailFast());

        assertThat(results).hasSize(3);
    }

    private void assertEndsInTime(Class<? extends Exception> type) {
        long start = System.nanoTime();
        assertThat(catchThrowable(() -> item(postHog.query("select n")))).isInstanceOf(type)
                .hasMessageContaining("5000 ms").hasMessageContaining("raise quarkus.posthog.query-timeout to wait longer");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(4_900), Duration.ofSeconds(9));
    }

    @Test
    void stopsAQueryInTheBackgroundThatNobodyWaitsFor() {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(RUNNING, 202)));
        stub.register(get(urlEqualTo(STATUS)).willReturn(jsonResponse(RUNNING, 202)));
        stub.register(delete(urlEqualTo(STATUS)).willReturn(jsonResponse("{\"message\": \"cancelled\"}", 200)));
        Cancellable query = postHog.query("select n").subscribe().with(result -> {
        });
        await().until(() -> !stub.find(getRequestedFor(urlEqualTo(STATUS))).isEmpty());

        query.cancel();

        await().untilAsserted(() -> assertThat(stub.find(deleteRequestedFor(urlEqualTo(STATUS)))).hasSize(1));
    }

    @Test
    void failsWhenTheQueryInTheBackgroundFails() {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(RUNNING, 202)));
        stub.register(get(urlEqualTo(STATUS)).willReturn(jsonResponse("""
                {"query_status": {"id": "q-1", "complete": true, "error": true, "error_message": "Unknown field: m"}}""",
                200)));

        assertThat(catchThrowable(() -> item(postHog.query("select m")))).isInstanceOf(PostHogValidationException.class)
                .hasMessageContaining("Unknown field: m");
    }

    @Test
    void saysWhyTheStatusAnswersWithAnError() {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(RUNNING, 202)));
        stub.register(get(urlEqualTo(STATUS)).willReturn(jsonResponse("""
                {"query_status": {"id": "q-1", "complete": true, "error": true, "error_message": "Unknown field: m"}}""",
                400)));

        assertThat(catchThrowable(() -> item(postHog.query("select m")))).isInstanceOf(PostHogValidationException.class)
                .hasMessage("PostHog account 'default', query.status: PostHog responded with 400: Unknown field: m");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"columns\": [\"n\"], \"results\": null, \"error\": null}",
            "{\"query_status\": {\"id\": \"q-1\", \"complete\": true}}",
            "{\"query_status\": {\"id\": \"q-1\", \"complete\": true, \"results\": {}}}" })
    void refusesAnAnswerWithoutResults(String body) {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(body, 200)));

        assertThat(catchThrowable(() -> item(postHog.query("select n")))).isInstanceOf(PostHogResponseException.class)
                .hasMessageContaining("no results");
    }

    @Test
    void rejectsAStatusWithoutContent() {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(RUNNING, 202)));
        stub.register(get(urlEqualTo(STATUS)).willReturn(jsonResponse("{}", 200)));

        assertThat(catchThrowable(() -> item(postHog.query("select n")))).isInstanceOf(PostHogResponseException.class)
                .hasMessageContaining("query_status");
    }

    @Test
    void sendsNoRequestAfterCancellation() throws InterruptedException {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(RUNNING, 202)));
        stub.register(get(urlEqualTo(STATUS)).willReturn(jsonResponse(RUNNING, 202)));

        Cancellable query = postHog.query("select n").subscribe().with(item -> {
        });
        await().atMost(Duration.ofSeconds(5)).until(() -> stub.find(getRequestedFor(urlEqualTo(STATUS))).size() == 1);
        query.cancel();
        Thread.sleep(1500);

        assertThat(stub.find(getRequestedFor(urlEqualTo(STATUS)))).hasSize(1);
        // Its place is free again
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(ROWS.formatted(false), 200)));
        item(postHog.query("select n"));
    }

    @Test
    void reportsTruncatedRows() {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(ROWS.formatted(true), 200)));

        assertThat(item(postHog.query("select n")).hasMore()).isTrue();

        AssertSubscriber<QueryRow> rows = postHog.queryRows(HogQLQuery.of("select n")).subscribe()
                .withSubscriber(AssertSubscriber.create(10));
        rows.awaitFailure().assertFailedWith(PostHogResponseException.class,
                "PostHog truncated the result at 2 rows, because the query has no LIMIT");
        assertThat(rows.getItems()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "select n limit 2", "SELECT n\nLIMIT 2" })
    void takesALimitForGranted(String hogql) {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(ROWS.formatted(true), 200)));

        assertThat(item(postHog.queryRows(HogQLQuery.of(hogql)).collect().asList())).hasSize(2);
    }

    @Test
    void runsOneAtATime() {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(ROWS.formatted(false), 200).withFixedDelay(200)));
        long start = System.nanoTime();

        item(Uni.join().all(IntStream.range(0, 4).mapToObj(i -> postHog.query("select " + i)).toList()).andFailFast());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(800), Duration.ofSeconds(5));
        List<Long> arrivals = stub.find(anyRequestedFor(anyUrl())).stream().map(it -> it.getLoggedDate().getTime()).sorted()
                .toList();
        for (int i = 1; i < arrivals.size(); i++) {
            assertThat(arrivals.get(i) - arrivals.get(i - 1)).isGreaterThanOrEqualTo(190);
        }
    }

    @Test
    void repeatsWhatWasRefusedForTooManyAtATime() {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse("""
                {"type": "throttled_error", "code": "throttled", "detail": "Too many concurrent queries", "attr": null}""",
                429)));

        assertThat(catchThrowable(() -> item(postHog.query("select n")))).isInstanceOfSatisfying(
                PostHogRateLimitException.class, failure -> assertThat(failure.retryAfter()).isEmpty());

        assertThat(stub.find(postRequestedFor(urlEqualTo(QUERY)))).hasSize(4);
    }

    @Test
    void doesNotRepeatWhatIsTooSlow() {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse("""
                {"type": "server_error", "code": "too_slow", "detail": "Estimated too slow", "attr": null}""", 512)));

        assertThat(catchThrowable(() -> item(postHog.query("select n")))).isInstanceOf(PostHogServerException.class);

        assertThat(stub.find(postRequestedFor(urlEqualTo(QUERY)))).hasSize(1);
    }

    // Contexts

    @Test
    void comesBackOnTheContextThatAsked() throws Exception {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(ROWS.formatted(false), 200)));

        assertThatComesBack(postHog.query("select n"));
    }

    @Test
    void comesBackOnTheContextThatAskedAfterARetry() throws Exception {
        stub.register(post(urlEqualTo(QUERY)).inScenario("retry").whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("done").willReturn(jsonResponse("{}", 503)));
        stub.register(post(urlEqualTo(QUERY)).inScenario("retry").whenScenarioStateIs("done")
                .willReturn(jsonResponse(ROWS.formatted(false), 200)));
        stub.resetScenarios();

        assertThatComesBack(postHog.query("select n"));
        assertThat(stub.find(postRequestedFor(urlEqualTo(QUERY)))).hasSize(2);
    }

    @Test
    void comesBackOnTheContextThatAskedAfterWaitingForAnother() throws Exception {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(ROWS.formatted(false), 200).withFixedDelay(300)));
        CompletableFuture<QueryResult> first = postHog.query("select 1").subscribeAsCompletionStage();

        assertThatComesBack(postHog.query("select 2"));

        assertThat(first).isCompleted();
    }

    @Test
    void comesBackOnTheContextThatAskedAfterRunningInTheBackground() throws Exception {
        stub.register(post(urlEqualTo(QUERY)).willReturn(jsonResponse(RUNNING, 202)));
        stub.register(get(urlEqualTo(STATUS)).willReturn(jsonResponse("""
                {"query_status": {"id": "q-1", "complete": true, "error": false, "results": %s}}"""
                .formatted(ROWS.formatted(false)), 200)));

        assertThatComesBack(postHog.query("select n"));
    }

    @Test
    void listsStayOnTheContextThatAsked() throws Exception {
        for (int page = 0; page < 30; page++) {
            stub.register(get(urlEqualTo(PostHogStub.path("/cohorts/?limit=1" + (page == 0 ? "" : "&offset=" + page))))
                    .willReturn(jsonResponse("{\"results\": [{\"id\": " + page + "}], \"next\": "
                            + (page == 29 ? null : "\"/?limit=1&offset=" + (page + 1) + "\"") + "}", 200)));
        }

        assertThatComesBack(postHog.cohorts().list(CohortQuery.create().pageSize(1))
                .invoke(() -> assertThat((Object) Vertx.currentContext().getLocal("__PARENT_CONTEXT__")).isNull())
                .collect().asList().invoke(all -> assertThat(all).hasSize(30)));
    }

    /** Asked on an event loop, which must not be held while the answer is on its way. */
    private void assertThatComesBack(Uni<?> uni) throws Exception {
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        CompletableFuture<Context> answered = new CompletableFuture<>();
        CompletableFuture<Long> asked = new CompletableFuture<>();
        context.runOnContext(ignored -> {
            long start = System.nanoTime();
            uni.subscribe().with(item -> answered.complete(Context.isOnEventLoopThread() ? Vertx.currentContext() : null),
                    answered::completeExceptionally);
            asked.complete(System.nanoTime() - start);
        });

        assertThat(Duration.ofNanos(asked.get(5, TimeUnit.SECONDS))).isLessThan(Duration.ofMillis(150));
        assertThat(answered.get(10, TimeUnit.SECONDS)).isSameAs(context);
    }

    private static <T> T item(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }
}
