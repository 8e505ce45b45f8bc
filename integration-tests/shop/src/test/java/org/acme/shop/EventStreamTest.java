package org.acme.shop;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;

/** Verifies streams of events over HTTP. */
@QuarkusTest
class EventStreamTest extends EmulatedAccounts {

    private static final String LINES = "application/x-ndjson";
    private static final String SERVER_SENT_EVENTS = "text/event-stream";

    @Test
    void linesOfJson() {
        add(3);

        Response response = events(LINES, "name=visit");

        assertThat(response.contentType()).startsWith(LINES);
        assertThat(response.asString().lines()).hasSize(3)
                .allMatch(line -> line.startsWith("{") && line.contains("\"event\":\"visit\""));
    }

    @Test
    void serverSentEvents() {
        add(3);

        Response response = events(SERVER_SENT_EVENTS, "name=visit");

        assertThat(response.contentType()).startsWith(SERVER_SENT_EVENTS);
        assertThat(response.asString().lines().filter(line -> !line.isBlank())).hasSize(3)
                .allMatch(line -> line.startsWith("data:{") && line.contains("\"event\":\"visit\""));
    }

    @Test
    void atMostTheLimit() {
        add(300);

        assertThat(events(LINES, "name=visit&limit=120").asString().lines()).hasSize(120);
    }

    @Test
    void overManyPages() {
        add(1234);

        assertThat(events(LINES, "name=visit").asString().lines()).hasSize(1234).doesNotHaveDuplicates();
    }

    @Test
    void onlyTheRequestedHours() {
        Instant now = Instant.now();
        emulator.storeEvents(visit(now.minus(Duration.ofHours(30))), visit(now.minus(Duration.ofHours(1))));

        assertThat(events(LINES, "name=visit&hours=24").asString().lines()).hasSize(1);
        assertThat(events(LINES, "name=visit&hours=48").asString().lines()).hasSize(2);
    }

    @Test
    void liveFeedContinues() throws IOException {
        add(1);
        URI live = URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/events/live?limit=1");
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(live.toURL().openStream(), StandardCharsets.UTF_8))) {
            assertThat(firstData(lines)).contains("\"event\":\"visit\"");
            emulator.storeEvents(CaptureEvent.of("arrived later", "ada"));

            assertThat(firstData(lines)).contains("\"event\":\"arrived later\"");
        }
    }

    private static String firstData(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith("data:")) {
            line = lines.readLine();
        }
        return line;
    }

    private static Response events(String accept, String query) {
        return given().accept(accept).get("/events?" + query).then().statusCode(200).extract().response();
    }

    private void add(int visits) {
        Instant now = Instant.now();
        emulator.storeEvents(IntStream.range(0, visits).mapToObj(i -> visit(now.minusMillis(10L * i))).toList());
    }

    private static CaptureEvent visit(Instant timestamp) {
        return CaptureEvent.of("visit", "ada").timestamp(timestamp);
    }
}
