package io.quarkiverse.posthog.test.wire;

import static io.quarkiverse.posthog.test.wire.RawServer.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.PostHogServerException;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryRefresh;
import io.quarkiverse.posthog.test.wire.RawServer.Handler;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/** A response takes no more memory and no more time than the configuration permits. */
class ResponseLimitsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(RawServer.class))
            .overrideConfigKey("quarkus.posthog.devservices.enabled", "false");

    private static final byte[] CHUNK = bytes(" ".repeat(64 << 10));

    @Inject
    PostHogAccounts accounts;

    @ParameterizedTest
    @CsvSource({ "item, api", "list, api", "query, queries", "insight, queries", "capture, capture" })
    @Tag("LIM-1")
    void rejectsAnEndlessResponse(String request, String key) throws Exception {
        try (RawServer server = new RawServer(endless("200 OK"))) {
            Throwable failure = failure(account(server), postHog -> switch (request) {
                case "item" -> postHog.cohorts().get(1);
                case "list" -> postHog.persons().list().collect().asList();
                case "query" -> postHog.query(HogQLQuery.of("select 1"));
                case "insight" -> postHog.insights().get("abc", QueryRefresh.BLOCKING);
                default -> postHog.captureImmediate(CaptureEvent.of("event", "zoey"));
            });

            assertThat(failure).isInstanceOf(PostHogResponseException.class)
                    .hasMessageContaining("is larger than 20000 bytes")
                    .hasMessageContaining("raise quarkus.posthog.\"limited\".max-response-size." + key);
            await().untilAsserted(() -> assertThat(server.closedByClient).hasPositiveValue());
        } finally {
            accounts.close("limited");
        }
    }

    @Test
    @Tag("LIM-1")
    void truncatesAnEndlessError() throws Exception {
        try (RawServer server = new RawServer(endless("503 Unavailable"))) {
            Throwable failure = failure(account(server), postHog -> postHog.cohorts().get(1));

            assertThat(failure).isInstanceOf(PostHogServerException.class);
        } finally {
            accounts.close("limited");
        }
    }

    @Test
    @Tag("LIM-2")
    void limitsTheTimeOfABodyThatTricklesIn() throws Exception {
        Handler trickling = (head, out) -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"));
            for (int i = 0; i < 1000; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(50);
            }
        };
        try (RawServer server = new RawServer(trickling)) {
            Throwable failure = failure(account(server), postHog -> postHog.cohorts().get(1));

            assertThat(failure).isInstanceOf(PostHogConnectionException.class)
                    .hasMessageContaining("within 1500 ms; raise quarkus.posthog.\"limited\".read-timeout");
            await().untilAsserted(() -> assertThat(server.closedByClient).hasPositiveValue());
        } finally {
            accounts.close("limited");
        }
    }

    /** All connections of the pool hang; the requests behind them are canceled, and must not use them up afterwards. */
    @Test
    @Tag("LIM-3")
    void canceledRequestsReleaseTheirPlaceInThePool() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        Handler handler = (head, out) -> {
            if (!head.contains("/cohorts/2/")) {
                hanging.await();
            }
            byte[] body = bytes("{\"id\": 2}");
            out.write(bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                    + "\r\nConnection: close\r\n\r\n"));
            out.write(body);
            out.flush();
        };
        try (RawServer server = new RawServer(handler)) {
            PostHog postHog = account(server);
            Cancellable[] waiting = Stream.generate(() -> postHog.cohorts().get(1)).limit(200)
                    .map(request -> request.subscribe().with(cohort -> {
                    }, failure -> {
                    })).toArray(Cancellable[]::new);
            await().untilAsserted(() -> assertThat(server.connections).hasValue(50));
            Arrays.stream(waiting).forEach(Cancellable::cancel);

            assertThat(postHog.cohorts().get(2).await().atMost(Duration.ofSeconds(10)).id()).isEqualTo(2);
        } finally {
            hanging.countDown();
            accounts.close("limited");
        }
    }

    @Test
    @Tag("LIM-4")
    void closingAnAccountEndsItsRequests() throws Exception {
        try (RawServer server = new RawServer((head, out) -> Thread.sleep(60_000))) {
            PostHog postHog = accounts.open("limited", settings(server).readTimeout(Duration.ofMinutes(1)));
            Uni<?> request = postHog.cohorts().get(1).memoize().indefinitely();
            request.subscribe().with(item -> {
            }, failure -> {
            });
            await().untilAsserted(() -> assertThat(server.connections).hasValue(1));

            accounts.close("limited");

            assertThat(catchThrowable(() -> request.await().atMost(Duration.ofSeconds(1))))
                    .isInstanceOf(PostHogConnectionException.class).hasMessageContaining("the account was closed");
        }
    }

    private static Handler endless(String status) {
        return (head, out) -> {
            out.write(bytes("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"));
            while (true) {
                out.write(bytes(Integer.toHexString(CHUNK.length) + "\r\n"));
                out.write(CHUNK);
                out.write(bytes("\r\n"));
            }
        };
    }

    private PostHog account(RawServer server) {
        return accounts.open("limited", settings(server));
    }

    private static AccountSettings settings(RawServer server) {
        return AccountSettings.create().host(URI.create(server.url())).projectId(1).projectApiKey("phc_limits")
                .personalApiKey("phx_limits")
                .readTimeout(Duration.ofMillis(1500))
                .set("retry.max-retries", "0")
                .set("capture.retry.max-retries", "0")
                .set("max-response-size.api", "20000")
                .set("max-response-size.queries", "20000")
                .set("max-response-size.capture", "20000")
                .set("max-response-size.errors", "20000");
    }

    private static Throwable failure(PostHog postHog, Request request) {
        return catchThrowable(() -> request.on(postHog).await().atMost(Duration.ofSeconds(10)));
    }

    /** A request that fails. */
    interface Request {

        Uni<?> on(PostHog postHog);
    }
}
