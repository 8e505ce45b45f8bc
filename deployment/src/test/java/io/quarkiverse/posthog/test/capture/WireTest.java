package io.quarkiverse.posthog.test.capture;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.quarkiverse.posthog.test.capture.CaptureRequests.body;
import static io.quarkiverse.posthog.test.capture.CaptureRequests.events;
import static io.quarkiverse.posthog.test.capture.CaptureRequests.status;
import static io.quarkiverse.posthog.test.capture.CaptureRequests.success;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.PostHogRateLimitException;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

/** What travels over the network, with each protocol and each compression. */
class WireTest {

    private static final String UTC = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|\\+00:00)";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = with(CaptureRequests.application()
            .overrideConfigKey("quarkus.posthog.capture.shutdown-timeout", "0s"),
            Map.of("v1", "protocol=v1", "v1-none", "protocol=v1 compression=none", "v1-deflate",
                    "protocol=v1 compression=deflate", "v1-zstd", "protocol=v1 compression=zstd", "v1-brotli",
                    "protocol=v1 compression=brotli flush-at=3", "v0-none", "compression=none", "impatient",
                    "request-timeout=200ms"));

    @Inject
    PostHog postHog;

    @Inject
    PostHogAccounts accounts;

    private CaptureRequests requests;

    @BeforeEach
    void reset() {
        requests = new CaptureRequests().answering();
    }

    @ParameterizedTest
    @CsvSource({ "default, /batch/", "v0-none, /batch/", "v1, /i/v1/analytics/events" })
    @Tag("WIRE-3")
    @Tag("WIRE-4")
    @Tag("WIRE-5")
    @Tag("HTC-1")
    void everyRequestIsJsonOfANamedLibraryWithTimesInUtc(String account, String path) throws IOException {
        PostHog posthog = accounts.get(account);
        UUID uuid = posthog.capture(CaptureEvent.of("viewed", "zoey")).orElseThrow();
        posthog.captureAi(CaptureEvent.of("$ai_generation", "zoey").timestamp(Instant.EPOCH));
        flush(posthog);

        assertThat(requests.all()).extracting(LoggedRequest::getUrl).containsExactlyInAnyOrder(path, "/i/v0/ai/batch/");
        for (LoggedRequest request : requests.all()) {
            assertThat(request.getHeader("Content-Type")).startsWith("application/json");
            assertThat(request.getHeader("User-Agent")).startsWith("quarkus-posthog/");
            JsonNode event = json(request).at("/batch/0");
            assertThat(event.path("timestamp").asText()).matches(UTC);
            assertThat(UUID.fromString(event.path("uuid").asText()).version()).isEqualTo(7);
            assertThat(event.path("distinct_id").isTextual()).isTrue();
        }
        assertThat(requests.events()).extracting(event -> event.path("uuid").asText()).contains(uuid.toString());
    }

    @Test
    @Tag("V0-1")
    @Tag("V0-8")
    @Tag("WIRE-2")
    void protocolV0HasTheTokenInTheBodyAndIsCompressed() {
        postHog.capture(CaptureEvent.of("viewed", "zoey").property("amount", 42));
        flush(postHog);

        LoggedRequest request = requests.all().get(0);
        assertThat(request.getHeader("Content-Encoding")).isEqualTo("gzip");
        assertThat(request.containsHeader("Authorization")).isFalse();
        assertThat(body(request).path("api_key").asText()).isEqualTo(PostHogStub.PROJECT_KEY);
        assertThat(body(request).path("sent_at").asText()).matches(UTC);
        assertThat(events(request)).singleElement()
                .satisfies(event -> assertThat(event.at("/properties/amount").isInt()).isTrue());
    }

    @Test
    @Tag("V1-1")
    @Tag("V1-2")
    void protocolV1HasTheTokenAndTheAttemptInTheHeaders() {
        requests.answering(status(503));
        PostHog posthog = accounts.get("v1");

        posthog.capture(CaptureEvent.of("viewed", "zoey"));
        List<LoggedRequest> sent = afterFlush(posthog, 2);

        for (LoggedRequest request : sent) {
            assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + PostHogStub.PROJECT_KEY);
            assertThat(request.getHeader("PostHog-Sdk-Info")).matches("quarkus-posthog/[^/]+").hasSizeLessThan(200);
            assertThat(UUID.fromString(request.getHeader("PostHog-Request-Id"))).isNotNull();
            assertThat(Instant.parse(request.getHeader("PostHog-Request-Timestamp")))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
            assertThat(body(request).has("api_key")).isFalse();
        }
        assertThat(sent).extracting(request -> request.getHeader("PostHog-Attempt")).containsExactly("1", "2");
        assertThat(sent.get(1).getHeader("PostHog-Request-Id")).isEqualTo(sent.get(0).getHeader("PostHog-Request-Id"));
    }

    @ParameterizedTest
    @CsvSource({ "v1, gzip", "v1-none, ", "v1-deflate, deflate", "v1-zstd, zstd", "v1-brotli, br", "v0-none, " })
    @Tag("V1-11")
    @Tag("V0-8")
    void bodiesAreCompressedAsConfiguredAndSayHow(String account, String encoding) throws IOException {
        PostHog posthog = accounts.get(account);
        posthog.capture(CaptureEvent.of("viewed", "zoey").property("text", "much of a muchness ".repeat(500)));
        flush(posthog);

        LoggedRequest request = requests.all().get(0);
        assertThat(request.getHeader("Content-Encoding")).isEqualTo(encoding);
        assertThat(json(request).at("/batch/0/properties/text").asText()).startsWith("much of a").hasSize(9500);
    }

    @ParameterizedTest
    @ValueSource(strings = { "v1-deflate", "v1-zstd", "v1-brotli" })
    @Tag("V0-8")
    void whatProtocolV0DoesNotKnowIsGzipForAiEvents(String account) {
        accounts.get(account).captureAi(CaptureEvent.of("$ai_generation", "zoey"));
        flush(accounts.get(account));

        assertThat(requests.all()).singleElement().satisfies(request -> {
            assertThat(request.getUrl()).isEqualTo("/i/v0/ai/batch/");
            assertThat(request.getHeader("Content-Encoding")).isEqualTo("gzip");
        });
    }

    @Test
    @Tag("V1-13")
    @Tag("EBT-1")
    void soManyEventsAreSentWithoutAFlush() {
        PostHog posthog = accounts.get("v1-brotli");

        for (int i = 0; i < 3; i++) {
            posthog.capture(CaptureEvent.of("viewed", "user-" + i));
        }

        requests.await(1);
    }

    @Test
    @Tag("V0-10")
    void fewEventsTravelInOneRequest() {
        for (int i = 0; i < 5; i++) {
            postHog.capture(CaptureEvent.of("viewed", "user-" + i));
        }
        flush(postHog);

        assertThat(requests.all()).singleElement().satisfies(request -> assertThat(events(request)).hasSize(5));
    }

    @Test
    @Tag("RTQ-6")
    @Tag("RTQ-12")
    void anOutageOfMoreThanAFewAttemptsLosesNothing() {
        requests.answering(status(503), status(500), status(429), status(504), status(502), status(408));

        postHog.capture(CaptureEvent.of("viewed", "zoey"));
        List<LoggedRequest> sent = afterFlush(postHog, 7);

        assertThat(sent).extracting(request -> events(request).toString()).containsOnly(events(sent.get(0)).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = { "CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK",
            "RANDOM_DATA_THEN_CLOSE" })
    @Tag("HTC-5")
    @Tag("RTQ-6")
    void aConnectionThatBreaksLosesNothing(String fault) {
        requests.answering(aResponse().withFault(Fault.valueOf(fault)));

        postHog.capture(CaptureEvent.of("viewed", "zoey"));
        List<LoggedRequest> sent = afterFlush(postHog, 2);

        assertThat(events(sent.get(1))).isEqualTo(events(sent.get(0)));
    }

    @Test
    @Tag("HTC-5")
    void noAnswerInTimeLosesNothing() {
        requests.answering(success().withFixedDelay(2000));
        PostHog posthog = accounts.get("impatient");

        posthog.capture(CaptureEvent.of("viewed", "zoey"));
        List<LoggedRequest> sent = afterFlush(posthog, 2);

        assertThat(events(sent.get(1))).isEqualTo(events(sent.get(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://localhost:1", "http://posthog.invalid", "https" })
    @Tag("HTC-5")
    @Tag("CAI-9")
    @Tag("FLU-3")
    void aHostThatCanNotBeReachedLosesNothing(String host) {
        try (Opened opened = new Opened(accounts, host.equals("https") ? PostHogStub.url().replace("http:", "https:") : host)) {
            assertThat(opened.account().capture(CaptureEvent.of("viewed", "zoey"))).isPresent();
            assertThat(opened.account().captureAi(CaptureEvent.of("$ai_generation", "zoey"))).isPresent();

            CaptureStatus status = flush(opened.account());

            assertThat(status.queued()).isEqualTo(2);
            assertThat(status.lastFailure()).hasValueSatisfying(failure -> assertThat(failure).contains("can't reach"));
        }
    }

    @Test
    @Tag("V0-3")
    @Tag("HTC-2")
    void noContentIsASuccessToo() {
        requests.answering(status(204), status(200));
        long delivered = postHog.captureStatus().delivered();

        postHog.capture(CaptureEvent.of("viewed", "zoey"));
        assertThat(flush(postHog).queued()).isZero();
        postHog.capture(CaptureEvent.of("viewed", "zoey"));
        assertThat(flush(postHog).queued()).isZero();

        assertThat(postHog.captureStatus().delivered()).isEqualTo(delivered + 2);
        assertThat(requests.all()).hasSize(2);
    }

    @Test
    @Tag("HTC-7")
    void whoeverWaitsForAnEventIsToldWhatPostHogSaid() {
        requests.answering(status(429).withHeader("Retry-After", "3600"));

        Throwable failure = accounts.get("v0-none").captureImmediate(CaptureEvent.of("viewed", "zoey")).subscribe()
                .withSubscriber(UniAssertSubscriber.create()).awaitFailure(Duration.ofSeconds(10)).getFailure();

        assertThat(failure).isInstanceOfSatisfying(PostHogRateLimitException.class,
                limit -> assertThat(limit.retryAfter()).hasValue(Duration.ofHours(1)));
        assertThat(requests.all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "default", "v1" })
    @Tag("CAP-12")
    @Tag("WIRE-5")
    void anEventThatIsSentAtOnceIsTheSameWhenItIsRepeated(String account) {
        requests.answering(status(503), status(504));

        UUID uuid = accounts.get(account).captureImmediate(CaptureEvent.of("viewed", "zoey")).await()
                .atMost(Duration.ofSeconds(10));

        assertThat(requests.all()).hasSize(3).allSatisfy(request -> assertThat(events(request))
                .isEqualTo(events(requests.all().get(0))).singleElement()
                .satisfies(event -> assertThat(event.path("uuid").asText()).isEqualTo(uuid.toString())));
    }

    private static CaptureStatus flush(PostHog posthog) {
        return posthog.flush().await().atMost(Duration.ofSeconds(10));
    }

    /** All requests, once the account has sent so many and nothing is left. */
    private List<LoggedRequest> afterFlush(PostHog posthog, int count) {
        flush(posthog);
        List<LoggedRequest> sent = requests.await(count);
        Awaitility.await().until(() -> posthog.captureStatus().queued() == 0);
        assertThat(posthog.captureStatus().totalDropped()).isZero();
        assertThat(sent).hasSize(count);
        return sent;
    }

    private static JsonNode json(LoggedRequest request) throws IOException {
        try (InputStream in = decoded(String.valueOf(request.getHeader("Content-Encoding")), request.getBody())) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static InputStream decoded(String encoding, byte[] body) throws IOException {
        InputStream in = new ByteArrayInputStream(body);
        return switch (encoding) {
            case "deflate" -> new InflaterInputStream(in);
            case "zstd" -> new ZstdInputStream(in);
            case "br" -> new BrotliInputStream(in);
            // The stub has unpacked it
            case "gzip" -> body[0] == 0x1f ? new GZIPInputStream(in) : in;
            default -> in;
        };
    }

    /** More accounts, with settings below {@code capture.} */
    private static QuarkusUnitTest with(QuarkusUnitTest application, Map<String, String> captures) {
        captures.forEach((name, settings) -> {
            String prefix = "quarkus.posthog.\"" + name + "\".";
            application.overrideConfigKey(prefix + "host", PostHogStub.url())
                    .overrideConfigKey(prefix + "project-api-key", PostHogStub.PROJECT_KEY)
                    .overrideConfigKey(prefix + "capture.retry.initial-delay", "20ms")
                    .overrideConfigKey(prefix + "capture.shutdown-timeout", "0s");
            for (String setting : settings.split(" ")) {
                String[] parts = setting.split("=");
                application.overrideConfigKey(prefix + "capture." + parts[0], parts[1]);
            }
        });
        return application;
    }

    /** An account for one test, which does not wait when it is closed. */
    private record Opened(PostHogAccounts accounts, PostHog account) implements AutoCloseable {

        Opened(PostHogAccounts accounts, String host) {
            this(accounts, accounts.open("opened", AccountSettings.create()
                    .host(URI.create(host)).projectApiKey(PostHogStub.PROJECT_KEY)
                    .set("capture.shutdown-timeout", "0s")));
        }

        @Override
        public void close() {
            accounts.close("opened");
        }
    }
}
