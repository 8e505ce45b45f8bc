package io.quarkiverse.posthog.test.capture;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** What an application sent to PostHog's ingestion, and what it was answered. */
public final class CaptureRequests {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final WireMock stub = PostHogStub.reset();

    /** An application with one account, whose PostHog is the stub, and which does not wait long before it tries again. */
    public static QuarkusUnitTest application() {
        return PostHogStub.application()
                .withApplicationRoot(root -> root.addClasses(PostHogStub.class, CaptureRequests.class))
                .overrideConfigKey("quarkus.posthog.capture.retry.initial-delay", "20ms");
    }

    /** From now on each request is answered with the next of these, and then with success. */
    public CaptureRequests answering(ResponseDefinitionBuilder... answers) {
        Stream<ResponseDefinitionBuilder> all = Stream.concat(Stream.of(answers), Stream.of(success()));
        List<ResponseDefinitionBuilder> list = all.toList();
        IntStream.range(0, list.size()).forEach(i -> stub.register(post(anyUrl()).inScenario("answers")
                .whenScenarioStateIs(state(i))
                .willReturn(list.get(i)).willSetStateTo(state(Math.min(i + 1, list.size() - 1)))));
        stub.resetScenarios();
        return this;
    }

    private static String state(int answer) {
        return answer == 0 ? Scenario.STARTED : "answer " + answer;
    }

    public static ResponseDefinitionBuilder success() {
        return jsonResponse("{\"status\": 1}", 200);
    }

    public static ResponseDefinitionBuilder status(int status) {
        return aResponse().withStatus(status);
    }

    /** All requests, the first one first. */
    public List<LoggedRequest> all() {
        List<LoggedRequest> requests = new ArrayList<>(stub.find(postRequestedFor(anyUrl())));
        requests.sort(Comparator.comparing(LoggedRequest::getLoggedDate));
        return requests;
    }

    /** All requests, once there are so many. */
    public List<LoggedRequest> await(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(10))
                .until(() -> all().size() >= count);
        return all();
    }

    public static JsonNode body(LoggedRequest request) {
        try {
            return MAPPER.readTree(request.getBody());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The events of all requests, in the order they were sent. */
    public List<JsonNode> events() {
        return all().stream().flatMap(request -> events(request).stream()).toList();
    }

    public static List<JsonNode> events(LoggedRequest request) {
        List<JsonNode> events = new ArrayList<>();
        body(request).path("batch").forEach(events::add);
        return events;
    }
}
