package io.quarkiverse.posthog.test.gating;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** REST endpoints that are there only for those for whom a flag is on. */
class FeatureGateTest {

    private static final String OTHER_KEY = "phc_otherProjectKey";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Gated.class, Exposures.class))
            .overrideConfigKey("quarkus.posthog.flags.max-retries", "0")
            .overrideConfigKey("quarkus.posthog.\"other\".host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.\"other\".project-api-key", OTHER_KEY);

    /** Sees what is captured, and lets none of it go. */
    @Singleton
    public static class Exposures implements BeforeSend {

        final Queue<CaptureEvent> events = new ConcurrentLinkedQueue<>();

        @Override
        public CaptureEvent apply(CaptureEvent event) {
            events.add(event);
            return null;
        }
    }

    @TestHTTPResource
    URI url;

    @Inject
    Exposures exposures;

    @Inject
    ObjectMapper mapper;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private WireMock stub;

    @BeforeEach
    void nothingHappened() {
        stub = PostHogStub.reset();
        exposures.events.clear();
    }

    @ParameterizedTest
    @CsvSource({ "reactive, event loop", "blocking, worker" })
    @Tag("GATE-1")
    void anEndpointIsAvailableIfTheFlagIsOn(String endpoint, String thread) throws Exception {
        flag("zoe", "beta-ui", true, null);

        assertThat(get("gated/" + endpoint, "zoe").statusCode()).isEqualTo(200);
        assertThat(get("gated/" + endpoint, "zoe").body()).isEqualTo(thread);
    }

    @ParameterizedTest
    @ValueSource(strings = { "reactive", "blocking" })
    @Tag("GATE-2")
    void forOthersItLooksAsIfThereWereNothing(String endpoint) throws Exception {
        flag("zoe", "beta-ui", false, null);

        HttpResponse<String> closed = get("gated/" + endpoint, "zoe");
        HttpResponse<String> nothing = get("gated/nothing", "zoe");

        assertThat(closed.statusCode()).isEqualTo(404);
        assertThat(closed.body()).isEqualTo(nothing.body());
        assertThat(closed.headers().map()).isEqualTo(nothing.headers().map());
    }

    @Test
    @Tag("GATE-3")
    void anUnreadBodyDoesNotAffectTheConnection() throws Exception {
        flag("zoe", "beta-ui", true, null);
        flag("max", "beta-ui", false, null);
        String body = "{\"text\": \"" + "x".repeat(100_000) + "\"}";

        assertThat(post("gated/body", "max", "no JSON").statusCode()).isEqualTo(404);
        assertThat(post("gated/body", "max", body).statusCode()).isEqualTo(404);
        assertThat(post("gated/body", "zoe", body).body()).hasSize(100_000);
    }

    @Test
    @Tag("GATE-4")
    void aVariantMayBeTheOnlyOne() throws Exception {
        flag("zoe", "layout", true, "short");
        flag("max", "layout", true, "long");
        flag("ann", "layout", true, null);

        assertThat(get("gated/variant", "zoe").statusCode()).isEqualTo(200);
        assertThat(get("gated/variant", "max").statusCode()).isEqualTo(404);
        assertThat(get("gated/variant", "ann").statusCode()).isEqualTo(404);
    }

    @Test
    @Tag("GATE-4")
    void anotherStatusMayBeAnswered() throws Exception {
        flag("zoe", "beta-ui", true, null);
        flag("max", "beta-ui", false, null);

        assertThat(get("gated/forbidden", "zoe").statusCode()).isEqualTo(200);
        assertThat(get("gated/forbidden", "max")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).isEmpty();
        });
    }

    @Test
    @Tag("GATE-4")
    void theFlagMayBeThatOfAnotherAccount() throws Exception {
        flag("zoe", "beta-ui", true, null);

        assertThat(get("gated/other", "zoe").statusCode()).isEqualTo(200);

        assertThat(asked()).singleElement().satisfies(request -> assertThat(request.path("token").asText())
                .isEqualTo(OTHER_KEY));
    }

    @Test
    @Tag("GATE-5")
    void anEndpointIsClosedWhenTheFlagIsNotKnown() throws Exception {
        stub.register(WireMock.post(urlPathEqualTo("/flags/")).willReturn(jsonResponse("{\"flags\": {}}", 200)));
        assertThat(get("gated/reactive", "zoe").statusCode()).isEqualTo(404);
        assertThat(get("gated/optimistic", "zoe").statusCode()).isEqualTo(200);

        stub.resetMappings();
        stub.register(WireMock.post(urlPathEqualTo("/flags/")).willReturn(serverError()));
        assertThat(get("gated/reactive", "zoe").statusCode()).isEqualTo(404);
        assertThat(get("gated/optimistic", "zoe").statusCode()).isEqualTo(200);
    }

    @Test
    @Tag("GATE-5")
    void anEndpointIsClosedWithoutAPerson() throws Exception {
        assertThat(get("gated/reactive", null).statusCode()).isEqualTo(404);
        assertThat(get("gated/optimistic", null).statusCode()).isEqualTo(200);
        assertThat(asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "class, of-the-class", "class/own, of-the-method", "interface/described/1, of-the-interface",
            "interface/implemented/1, of-the-implementation", "tree/branch, of-the-branch",
            "generic?id=7, of-the-generic" })
    @Tag("GATE-6")
    void theNearestGateCounts(String path, String flag) throws Exception {
        flag("zoe", flag, true, null);
        flag("max", flag, false, null);

        assertThat(get(path, "zoe").statusCode()).isEqualTo(200);
        assertThat(get(path, "max").statusCode()).isEqualTo(404);
        assertThat(asked()).hasSize(2).extracting(request -> request.at("/flag_keys_to_evaluate/0").asText())
                .containsOnly(flag);
    }

    @Test
    @Tag("GATE-7")
    void theDataOfTheRequestIsUsed() throws Exception {
        flag("zoe", "beta-ui", true, null);

        assertThat(send(request("gated/reactive", "zoe").header("X-Company", "acme")).statusCode()).isEqualTo(200);

        assertThat(asked()).singleElement().satisfies(request -> {
            assertThat(request.at("/groups/company").asText()).isEqualTo("acme");
            assertThat(request.at("/person_properties/plan").asText()).isEqualTo("pro");
        });
    }

    @Test
    @Tag("GATE-8")
    void evaluatingAGateIsAnExposure() throws Exception {
        flag("exposed", "beta-ui", false, null);

        get("gated/reactive", "exposed");
        get("gated/reactive", "exposed");

        assertThat(exposures.events).singleElement().satisfies(event -> {
            assertThat(event.event()).isEqualTo("$feature_flag_called");
            assertThat(event.distinctId()).isEqualTo("exposed");
            assertThat(event.properties()).containsEntry("$feature_flag", "beta-ui")
                    .containsEntry("$feature_flag_response", false);
        });
    }

    @Test
    @Tag("GATE-9")
    void anEndpointWithoutAGateSendsNoRequest() throws Exception {
        assertThat(get("gated/open", "zoe").body()).isEqualTo("there");

        assertThat(asked()).isEmpty();
        assertThat(exposures.events).isEmpty();
    }

    private void flag(String person, String flag, boolean enabled, String variant) {
        String json = "{\"flags\": {\"" + flag + "\": {\"key\": \"" + flag + "\", \"enabled\": " + enabled
                + (variant == null ? "" : ", \"variant\": \"" + variant + "\"") + "}}}";
        stub.register(WireMock.post(urlPathEqualTo("/flags/"))
                .withRequestBody(matchingJsonPath("$.distinct_id", equalTo(person)))
                .willReturn(jsonResponse(json, 200)));
    }

    private List<JsonNode> asked() {
        return stub.find(postRequestedFor(urlPathEqualTo("/flags/"))).stream().map(this::read).toList();
    }

    private JsonNode read(LoggedRequest request) {
        try {
            return mapper.readTree(request.getBody());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(String path, String person) throws Exception {
        return send(request(path, person));
    }

    private HttpResponse<String> post(String path, String person, String body) throws Exception {
        return send(request(path, person).POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String person) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .header("Content-Type", "application/json");
        return person == null ? request : request.header("X-POSTHOG-DISTINCT-ID", person);
    }
}
