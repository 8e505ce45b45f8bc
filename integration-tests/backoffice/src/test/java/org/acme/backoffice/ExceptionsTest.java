package org.acme.backoffice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;

/** Verifies that exceptions of the application are captured once, with the current person. */
@QuarkusTest
class ExceptionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    PostHog posthog;

    @Inject
    Accounting accounting;

    @TestHTTPResource
    URI url;

    private final Instant begin = Instant.now();

    @Test
    void capturesExceptionOfEndpoint() {
        staff().get("/invoices/-7").then().statusCode(500);

        Event event = exception("There is no invoice -7");
        assertThat(event.distinctId()).isEqualTo("customer-7");
        assertThat(event.properties()).containsEntry("$exception_type", "IllegalArgumentException")
                .containsEntry("$exception_source", "quarkus.rest_exception_mapper")
                .containsEntry("$response_status_code", 500)
                .containsEntry("$request_path", "/invoices/-7")
                .containsEntry("$groups", Map.of("company", "acme"));
        assertThat(inApp(event)).containsExactly("org.acme.backoffice.InvoiceResource.invoice");
    }

    @Test
    void capturesMappedExceptionAsHandled() {
        staff().get("/invoices").then().statusCode(503).body(is("Try again tomorrow"));

        Event event = exception("The books are wet");
        assertThat(event.properties()).containsEntry("$response_status_code", 503);
        assertThat(mechanism(event)).containsEntry("type", "middleware").containsEntry("handled", true);
    }

    @Test
    void ignoresClientErrors() {
        staff().get("/invoices/7").then().statusCode(404);
        given().get("/invoices/7").then().statusCode(401);
        given().auth().oauth2(Jwt.upn("visitor").groups("guests").sign()).get("/invoices/7").then().statusCode(403);
        staff().get("/invoices/-8").then().statusCode(500);

        assertThat(exceptions()).extracting(event -> event.properties().get("$exception_message"))
                .containsExactly("There is no invoice -8");
    }

    @Test
    void capturesExceptionOfRoute() {
        given().header("X-POSTHOG-DISTINCT-ID", "zoe").get("/route/broken").then().statusCode(500);

        Event event = exception("The route is broken");
        assertThat(event.distinctId()).isEqualTo("zoe");
        assertThat(event.properties()).containsEntry("$exception_source", "quarkus.vertx_failure_handler")
                .containsEntry("$request_path", "/route/broken").containsEntry("$response_status_code", 500);
        assertThat(mechanism(event)).containsEntry("handled", false);
    }

    @ParameterizedTest
    @ValueSource(strings = { "slow", "later" })
    void capturesExceptionOfRouteAfterClientDisconnected(String route) throws Exception {
        try (Socket client = new Socket(url.getHost(), url.getPort())) {
            client.getOutputStream().write(("GET /route/" + route + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(200);
        }

        assertThat(exception("The " + route + " route is broken").properties())
                .containsEntry("$exception_source", "quarkus.vertx_failure_handler")
                .doesNotContainKey("$response_status_code");
    }

    @Test
    void capturesExceptionOfRouteWithFailureHandlerAsHandled() {
        given().get("/route/mended").then().statusCode(502).body(is("Take the ferry"));

        assertThat(mechanism(exception("The bridge is closed"))).containsEntry("handled", true);
    }

    @Test
    void capturesExceptionOfMessageConsumer() {
        staff().post("/invoices/42/payments").then().statusCode(204);

        assertThat(exception("Invoice 42 was paid already").properties())
                .containsEntry("$exception_source", "quarkus.messaging").containsEntry("messaging_channel", "payments");
    }

    @Test
    void capturesExceptionOfScheduledMethod() {
        accounting.closeTheYear();

        Event event = exception("The books don't balance");
        assertThat(event.properties()).containsEntry("$exception_source", "quarkus.scheduler")
                .containsEntry("scheduler_job", "balance");
        assertThat(mechanism(event)).containsEntry("type", "task").containsEntry("handled", false);
    }

    private static RequestSpecification staff() {
        return given().auth().oauth2(Jwt.upn("anna").groups("staff").claim("customer_id", "customer-7")
                .claim("company", "acme").sign());
    }

    /** The only exception of this test. */
    private Event exception(String message) {
        assertThat(exceptions()).extracting(event -> event.properties().get("$exception_message"))
                .containsExactly(message);
        return exceptions().get(0);
    }

    /** As PostHog has them, once there are any. */
    private List<Event> exceptions() {
        return Awaitility.await().atMost(PATIENCE).until(() -> {
            posthog.flush().await().atMost(PATIENCE);
            return posthog.events().list(EventQuery.create().event("$exception").after(begin))
                    .collect().asList().await().atMost(PATIENCE);
        }, events -> !events.isEmpty());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> outermost(Event event) {
        return ((List<Map<String, Object>>) event.properties().get("$exception_list")).get(0);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> mechanism(Event event) {
        return (Map<String, Object>) outermost(event).get("mechanism");
    }

    @SuppressWarnings("unchecked")
    private static List<String> inApp(Event event) {
        Map<String, Object> stack = (Map<String, Object>) outermost(event).get("stacktrace");
        return ((List<Map<String, Object>>) stack.get("frames")).stream().filter(frame -> (Boolean) frame.get("in_app"))
                .map(frame -> frame.get("module") + "." + frame.get("function")).toList();
    }
}
