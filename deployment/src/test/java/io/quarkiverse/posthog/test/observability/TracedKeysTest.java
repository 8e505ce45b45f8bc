package io.quarkiverse.posthog.test.observability;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;

/** The URLs of requests to PostHog may contain keys. */
class TracedKeysTest {

    private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.applicationWith("quarkus-opentelemetry")
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Spans.class))
            .overrideConfigKey("quarkus.otel.traces.exporter", "none")
            .overrideConfigKey("quarkus.otel.metrics.exporter", "none")
            .overrideConfigKey("quarkus.otel.logs.exporter", "none")
            .overrideConfigKey("quarkus.posthog.feature-flags-secure-api-key", "phs_stubSecureKey");

    public static class Spans {

        static final InMemorySpanExporter EXPORTER = InMemorySpanExporter.create();

        @Produces
        @Singleton
        SpanProcessor processor() {
            return SimpleSpanProcessor.create(EXPORTER);
        }

        @Produces
        @Singleton
        InMemorySpanExporter exporter() {
            return EXPORTER;
        }
    }

    @Inject
    PostHog postHog;

    @Inject
    PostHogAccounts accounts;

    @Inject
    Vertx vertx;

    @Inject
    InMemorySpanExporter spans;

    private WireMock stub;

    @BeforeEach
    void reset() {
        stub = PostHogStub.reset();
        stub.register(any(anyUrl()).willReturn(jsonResponse("{\"id\": 1, \"results\": [], \"flags\": []}", 200)));
    }

    @Test
    @Tag("SEC-4")
    void areNotInTheSpansOfRequests() {
        List<Uni<?>> calls = List.of(postHog.getRemoteConfigPayload("limits", String.class),
                postHog.persons().page(PersonQuery.create().search(PostHogStub.PERSONAL_KEY)),
                postHog.insights().get("phx_keyOfAnotherAccount"));

        calls.forEach(call -> call.onFailure().recoverWithNull().await().atMost(Duration.ofSeconds(10)));

        assertThat(stub.find(anyRequestedFor(anyUrl()))).as("the requests themselves contain them")
                .anyMatch(request -> request.getUrl().contains(PostHogStub.PERSONAL_KEY));
        assertShown("search=***", "/remote_config/", "/flags/definitions", "/insights/***/");
    }

    @Test
    @Tag("SEC-4")
    void areNotInTheSpansOfAnAccountThatIsBeingOpened() {
        accounts.open("opened", AccountSettings.create().host(URI.create(PostHogStub.url() + "/sub"))
                .projectApiKey("tokenWithoutPrefix").featureFlagsSecureApiKey("secureWithoutPrefix"));
        try {
            assertShown("/sub/flags/definitions");
            assertThat(spans.getFinishedSpanItems().toString()).doesNotContain("WithoutPrefix");
        } finally {
            accounts.close("opened");
        }
    }

    @Test
    @Tag("SEC-4")
    void theSpansOfRequestsToOthersAreNotChanged() throws Exception {
        WireMockServer other = new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        other.start();
        try {
            String query = "/x?token=" + PostHogStub.PROJECT_KEY;

            vertx.createHttpClient().request(HttpMethod.GET, other.port(), "localhost", query)
                    .compose(HttpClientRequest::send).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);

            await().until(() -> urls().stream().anyMatch(url -> url.endsWith(query)));
        } finally {
            other.stop();
        }
    }

    private void assertShown(String... parts) {
        for (String part : parts) {
            await(part).until(() -> urls().stream().anyMatch(url -> url.contains(part)));
        }
        assertThat(clientSpans()).filteredOn(span -> span.getAttributes().get(URL).startsWith(PostHogStub.url()))
                .isNotEmpty().allSatisfy(span -> assertThat(span.getAttributes().asMap().values().toString())
                        .doesNotContain("phc_", "phx_", "phs_"));
    }

    private List<String> urls() {
        return clientSpans().stream().map(span -> span.getAttributes().get(URL)).toList();
    }

    private List<SpanData> clientSpans() {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getKind() == SpanKind.CLIENT && span.getAttributes().get(URL) != null).toList();
    }
}
