package io.quarkiverse.posthog.test.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.test.errors.SeenExceptions.Seen;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.RestAssured;
import io.restassured.response.Response;

/** Exceptions are captured wherever they come by, once, and nobody notices. */
class ExceptionsInApplicationTest extends ResponsesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = FailingApplication.application()
            .overrideConfigKey("quarkus.posthog.exceptions.autocapture.enabled", "true")
            .overrideConfigKey("quarkus.posthog.exceptions.log.enabled", "true")
            .overrideConfigKey("quarkus.posthog.exceptions.rate-limit.per-exception", "0")
            .overrideConfigKey("quarkus.posthog.exceptions.rate-limit.total", "0");

    @TestHTTPResource
    URI url;

    @Inject
    SeenExceptions seen;

    @BeforeEach
    void nothingSeen() {
        seen.all();
        seen.events.clear();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /fail/blocking       | blocking    | false | 500 | quarkus.rest_exception_mapper
            /fail/reactive       | reactive    | false | 500 | quarkus.rest_exception_mapper
            /fail/stage          | stage       | false | 500 | quarkus.rest_exception_mapper
            /fail/mapped/500     | mapped 500  | true  | 500 | quarkus.rest_exception_mapper
            /fail/unavailable    | unavailable | true  | 503 | quarkus.rest_exception_mapper
            /route/fails         | route       | false | 500 | quarkus.vertx_failure_handler
            /route/recovers      | recovered   | true  | 502 | quarkus.vertx_failure_handler
            """)
    @Tag("EEM-6")
    @Tag("EXC-4")
    @Tag("EXC-5")
    void anExceptionOfAnEndpointOrARouteIsOneEvent(String path, String message, boolean handled, int status,
            String source) {
        get(path);

        Seen event = seen.one();
        assertThat(event.message()).isEqualTo(message);
        assertThat(event.source()).isEqualTo(source);
        assertThat(event.handled()).isEqualTo(handled);
        assertThat(event.property("$response_status_code")).isEqualTo(status);
        assertThat(event.property("$exception_level")).isEqualTo("error");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /fail/later/thread   | thread   | java.thread_uncaught_exception_handler
            /fail/later/executor | executor | quarkus.executor
            /fail/later/vertx    | vertx    | vertx.exception_handler
            /fail/later/mutiny   | mutiny   | mutiny.dropped_exception
            """)
    @Tag("EEM-6")
    @Tag("EXC-4")
    @Tag("EXC-10")
    void anUncaughtExceptionIsOneEvent(String path, String message, String source) {
        get(path);

        Seen event = seen.one();
        assertThat(event.message()).isEqualTo(message);
        assertThat(event.source()).isEqualTo(source);
        assertThat(event.handled()).isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /fail/later/logged   | logged later | org.acme.Failing
            /fail/mapped/422     | mapped 422   | org.acme.Failing
            /route/refuses       | refused      | io.quarkus.vertx.http.runtime.QuarkusErrorHandler
            """)
    @Tag("EEM-6")
    @Tag("EXC-5")
    @Tag("EXC-9")
    void whatIsOnlyLoggedIsOneEvent(String path, String message, String logger) {
        get(path);

        Seen event = seen.one();
        assertThat(event.message()).isEqualTo(message);
        assertThat(event.source()).isEqualTo("quarkus.log_handler");
        assertThat(event.handled()).isEqualTo(true);
        assertThat(event.property("logger_name")).isEqualTo(logger);
        assertThat(event.event().distinctId()).isEqualTo("zoe");
    }

    @Test
    void whatFailsWhileItIsSentIsLogged() throws IOException {
        send("/fail/stream").getInputStream().readAllBytes();

        assertThat(seen.one().message()).isEqualTo("stream");
        assertThat(seen.one().source()).isEqualTo("quarkus.log_handler");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/fail/missing", "/fail/mapped/409", "/route/without", "/fail/nowhere" })
    @Tag("EXC-5")
    void whatIsNoFailureOfTheServerIsNoEvent(String path) {
        get(path);

        assertThat(seen.all()).isEmpty();
    }

    @Test
    void aMapperThatFailsIsAnotherException() {
        get("/fail/mapped/badly");

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> seen.events.size() >= 2);
        assertThat(seen.all()).map(event -> event.message() + " " + event.source())
                .containsExactlyInAnyOrder("mapped 0 quarkus.rest_exception_mapper",
                        "mapper failed quarkus.vertx_failure_handler");
    }

    @Test
    @Tag("EXC-4")
    void whatTheApplicationHasCapturedAndThrowsOnIsOneEvent() {
        get("/fail/captured");

        Seen event = seen.one();
        assertThat(event.property("$exception_source")).isNull();
        assertThat(event.handled()).isEqualTo(true);
    }

    @Test
    @Tag("EXC-7")
    void anExceptionIsThatOfTheRequest() {
        get("/fail/blocking");

        Seen event = seen.one();
        assertThat(event.event().distinctId()).isEqualTo("zoe");
        assertThat(event.event().properties()).containsEntry("$session_id", "session-1")
                .containsEntry("$request_path", "/fail/blocking").containsEntry("$request_method", "GET");
    }

    @ParameterizedTest
    @CsvSource({ "/fail/reactive, max", "/route/fails, zoe" })
    @Tag("EXC-7")
    void anExceptionHasThePersonOfTheCurrentRequest(String path, String person) {
        get(path);

        assertThat(seen.one().event().distinctId()).isEqualTo(person);
        assertThat(seen.one().event().properties()).containsEntry("$request_path", path);
    }

    @Test
    @Tag("EXC-4")
    @Tag("EXC-7")
    void manyFailuresAtATimeAreOneEventEachOfTheirOwnPerson() {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 1000)
                .mapToObj(i -> HttpRequest.newBuilder(url.resolve(i % 2 == 0 ? "/fail/blocking" : "/route/fails"))
                        .header("X-POSTHOG-DISTINCT-ID", "user-" + i).build())
                .map(request -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString())).toList();
        calls.forEach(call -> assertThat(call.join().statusCode()).isEqualTo(500));

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> seen.events.size() >= 1000);
        assertThat(seen.all()).hasSize(1000).allSatisfy(event -> assertThat(event.source())
                .isIn("quarkus.rest_exception_mapper", "quarkus.vertx_failure_handler"));
        assertThat(seen.events).extracting(CaptureEvent::distinctId)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1000).mapToObj(i -> "user-" + i).toList());
    }

    @Test
    @Tag("EXC-7")
    void anExceptionOfATaskMakesNoPerson() {
        get("/fail/later/thread");

        assertThat(seen.one().property("$process_person_profile")).isEqualTo(false);
    }

    @Test
    @Tag("EXC-2")
    void onlyTheClassesOfTheApplicationAreInApp() {
        get("/fail/blocking");

        assertThat(seen.one().inApp()).containsExactly(FailingApplication.class.getName() + "#blocking");
    }

    @Test
    void anExceptionWithoutASubscriberIsCaptured() throws Exception {
        try (Socket client = send("/fail/abandoned")) {
            seen.waiting.acquire();
        }

        assertThat(seen.one().message()).isEqualTo("abandoned");
    }

    @Test
    void aConnectionThatWasClosedIsOnlyWhatIsLoggedOfIt() throws Exception {
        try (Socket client = send("/fail/disconnected")) {
            seen.waiting.acquire();
        }

        assertThat(seen.one().source()).isEqualTo("quarkus.log_handler");
    }

    private static Response get(String path) {
        return RestAssured.given().header("X-POSTHOG-DISTINCT-ID", "zoe").header("X-POSTHOG-SESSION-ID", "session-1")
                .get(path);
    }

    private Socket send(String path) throws IOException {
        Socket client = new Socket(url.getHost(), url.getPort());
        client.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return client;
    }
}
