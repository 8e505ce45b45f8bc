package io.quarkiverse.posthog.test.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.dashboards.DashboardQuery;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkiverse.posthog.featureflags.FeatureFlagQuery;
import io.quarkiverse.posthog.featureflags.FeatureFlagUpdate;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.insights.InsightQuery;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryRefresh;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** Text that was cut in the middle of a character, wherever it goes. */
class OddTextTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .overrideConfigKey("quarkus.posthog.flags.local-evaluation", "false")
            .overrideConfigKey("quarkus.posthog.feature-flags-secure-api-key", "phs_stubSecureKey");

    @Inject
    PostHog postHog;

    private WireMock stub;

    @BeforeEach
    void reset() {
        stub = PostHogStub.reset();
        stub.register(any(anyUrl()).willReturn(jsonResponse("""
                {"id": 1, "key": "a", "name": "a", "status": 1, "flags": {}, "columns": [], "results": []}""", 200)));
    }

    /** By the argument that the message names. */
    private Map<String, Function<String, Uni<?>>> calls() {
        Map<String, Function<String, Uni<?>>> calls = new LinkedHashMap<>();
        calls.put("events: 'event'", odd -> postHog.events().list(EventQuery.create().event(odd)).collect().asList());
        calls.put("event page: 'event'", odd -> postHog.events().page(EventQuery.create().event(odd)));
        calls.put("events: 'distinct_id'",
                odd -> postHog.events().list(EventQuery.create().distinctId(odd)).collect().asList());
        calls.put("persons: 'search'", odd -> postHog.persons().list(PersonQuery.create().search(odd)).collect().asList());
        calls.put("person page: 'email'", odd -> postHog.persons().page(PersonQuery.create().email(odd)));
        calls.put("persons: 'distinct_id'",
                odd -> postHog.persons().list(PersonQuery.create().distinctId(odd)).collect().asList());
        calls.put("cohorts: 'search'", odd -> postHog.cohorts().list(CohortQuery.create().search(odd)).collect().asList());
        calls.put("cohort persons: 'search'",
                odd -> postHog.cohorts().persons(1, PersonQuery.create().search(odd)).collect().asList());
        calls.put("dashboards: 'search'", odd -> postHog.dashboards().page(DashboardQuery.create().search(odd)));
        calls.put("insights: 'search'", odd -> postHog.insights().list(InsightQuery.create().search(odd)).collect().asList());
        calls.put("insight: 'shortId'", odd -> postHog.insights().get(odd));
        calls.put("flag: 'key'", odd -> postHog.featureFlags().get(odd));
        calls.put("flags: 'search'", odd -> postHog.featureFlags().page(FeatureFlagQuery.create().search(odd)));
        calls.put("flags: 'tags'", odd -> postHog.featureFlags().page(FeatureFlagQuery.create().tag(odd)));
        calls.put("payload: 'key'", odd -> postHog.getRemoteConfigPayload(odd, String.class));
        return calls;
    }

    @ParameterizedTest
    @ValueSource(strings = { "\uD800", "\uDFFF", "a\uD83D", "\uDE00b", "\uDE00\uD83D", "\uD83Dx\uDE00" })
    @Tag("VAL-3")
    void inAUrlItIsAnInvalidArgumentAndNothingIsSent(String odd) {
        calls().forEach((name, call) -> {
            Uni<?> lazy = call.apply(odd);

            assertThatThrownBy(() -> lazy.await().atMost(Duration.ofSeconds(10))).as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(name.replaceAll(".*: ", ""), "half of a surrogate pair");
        });
        assertThat(stub.find(anyRequestedFor(anyUrl()))).isEmpty();
    }

    /** Only these have an ID that is text; all others are numbers or UUIDs, or are sent in the query of the URL. */
    @ParameterizedTest
    @ValueSource(strings = { ".", "..", "../..", "a/b", "a\\b", "%2e%2e", ".%2e", "%252e%252e", "a%2fb", "..;a", "\u0000",
            "a\u0000",
            "a\nb", "\uff0e\uff0e" })
    @Tag("VAL-4")
    void inAPathItIsAnInvalidArgumentAndNothingIsSent(String odd) {
        Map<String, Uni<?>> calls = Map.of(
                "shortId", postHog.insights().get(odd),
                "shortId'", postHog.insights().get(odd, QueryRefresh.BLOCKING),
                "key", postHog.getRemoteConfigPayload(odd, String.class),
                "key'", postHog.getRemoteConfigPayload(odd, Map.class));

        calls.forEach((role, lazy) -> assertThatThrownBy(() -> lazy.await().atMost(Duration.ofSeconds(10))).as(role)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The value of '" + role.replace("'", "") + "' "));
        assertThat(stub.find(anyRequestedFor(anyUrl()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "..", "../..", "%2e%2e", "a/b" })
    @Tag("VAL-4")
    void inAQueryItStaysThere(String odd) {
        postHog.featureFlags().get(odd).onFailure().recoverWithNull().await().atMost(Duration.ofSeconds(10));
        postHog.persons().page(PersonQuery.create().distinctId(odd)).await().atMost(Duration.ofSeconds(10));

        assertThat(stub.find(anyRequestedFor(anyUrl()))).isNotEmpty()
                .extracting(request -> request.getUrl().replaceAll("\\?.*", ""))
                .allMatch(path -> path.matches("/api/projects/[^/]+/(feature_flags|persons)/"));
    }

    @Test
    @Tag("VAL-3")
    void wholeCharactersAreSentInAnyUrl() {
        String smile = "\uD83D\uDE00";

        postHog.persons().page(PersonQuery.create().search(smile)).await().atMost(Duration.ofSeconds(10));
        postHog.insights().get(smile).await().atMost(Duration.ofSeconds(10));

        assertThat(stub.find(anyRequestedFor(anyUrl()))).extracting(request -> request.getUrl())
                .allMatch(url -> url.contains("%F0%9F%98%80")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "\uD800", "\uDFFF", "\u0000" })
    @Tag("VAL-3")
    void inABodyItIsReplaced(String odd) {
        List<Uni<?>> calls = List.of(
                postHog.captureImmediate(CaptureEvent.of("viewed", odd + "x").property(odd, odd)),
                postHog.evaluateFlags(FlagContext.of(odd + "x").personProperty("a", odd).groupProperty("company", "b", odd)),
                postHog.query(HogQLQuery.of("select {a} -- " + odd).value("a", odd).name("n" + odd)),
                postHog.featureFlags().create(NewFeatureFlag.of("key", odd)),
                postHog.featureFlags().update(1, FeatureFlagUpdate.create().name(odd)));

        for (Uni<?> call : calls) {
            stub.resetRequests();
            call.await().atMost(Duration.ofSeconds(10));
            assertThat(stub.find(anyRequestedFor(anyUrl()))).singleElement().satisfies(request -> assertThat(
                    request.getBodyAsString()).contains("\uFFFD").doesNotContain("?", "\\u0000", "\\uD800", "\\ud800"));
        }
    }

    @Test
    @Tag("VAL-1")
    void numbersThatPostHogDoesNotAcceptAreNullInAnyBody() {
        Map<String, Object> odd = Map.of("nan", Double.NaN, "list", List.of(new BigDecimal("1E+400")));

        postHog.evaluateFlags(FlagContext.of("zoe").personProperties(odd)).await().atMost(Duration.ofSeconds(10));
        postHog.query(HogQLQuery.of("select {a}").value("a", odd)).await().atMost(Duration.ofSeconds(10));

        assertThat(stub.find(anyRequestedFor(anyUrl()))).hasSize(2).allSatisfy(request -> assertThat(request.getBodyAsString())
                .contains("\"nan\":null", "\"list\":[null]"));
    }

    @Test
    @Tag("VAL-3")
    void inAResponseItIsAResponseThatCannotBeInterpreted() {
        stub.resetMappings();
        stub.register(any(anyUrl()).willReturn(jsonResponse("""
                {"results": null, "query_status": {"id": "\\uD800", "complete": false}}""", 200)));
        assertThatThrownBy(() -> postHog.query(HogQLQuery.of("select 1")).await().atMost(Duration.ofSeconds(10)))
                .isInstanceOf(PostHogResponseException.class);

        stub.resetMappings();
        stub.register(any(anyUrl()).willReturn(jsonResponse("""
                {"results": [], "next": "http://localhost/?cursor=\\uD800"}""", 200)));
        assertThatThrownBy(
                () -> postHog.persons().list(PersonQuery.create()).collect().asList().await().atMost(Duration.ofSeconds(10)))
                .isInstanceOf(PostHogResponseException.class).hasMessageContaining("link to the next page");
    }
}
