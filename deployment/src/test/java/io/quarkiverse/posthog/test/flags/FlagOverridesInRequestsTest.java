package io.quarkiverse.posthog.test.flags;

import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.smallrye.mutiny.Uni;

/** Each request has properties of its own, on event loops as on worker threads. */
class FlagOverridesInRequestsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Plans.class))
            .overrideConfigKey("quarkus.posthog.flags.send-feature-flag-events", "false");

    @Path("/plans")
    public static class Plans {

        @Inject
        PostHog postHog;

        @GET
        @Path("/reactive/{plan}")
        public Uni<String> reactive(@PathParam("plan") String plan) {
            postHog.flagOverrides().setPersonProperties(Map.of("plan", plan));
            // Others come in between
            return Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofMillis(20))
                    .chain(() -> postHog.isFeatureEnabled("beta-ui", plan)).map(String::valueOf);
        }

        @GET
        @Path("/blocking/{plan}")
        public String blocking(@PathParam("plan") String plan) {
            postHog.flagOverrides().setPersonProperties(Map.of("plan", plan));
            return postHog.isFeatureEnabled("beta-ui", plan).await().indefinitely().toString();
        }

        @GET
        @Path("/without/{plan}")
        public Uni<String> without(@PathParam("plan") String plan) {
            return postHog.isFeatureEnabled("beta-ui", plan).map(String::valueOf);
        }
    }

    @TestHTTPResource
    URI url;

    @Inject
    ObjectMapper mapper;

    @Test
    @Tag("OVR-4")
    void eachRequestHasItsOwn() throws Exception {
        WireMock stub = PostHogStub.reset();
        stub.register(post(urlPathEqualTo("/flags/")).willReturn(jsonResponse("{\"flags\": {}}", 200)));
        HttpClient client = HttpClient.newHttpClient();

        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 30)
                .mapToObj(i -> List.of("reactive", "blocking", "without").get(i % 3) + "/plan-" + i)
                .map(path -> client.sendAsync(HttpRequest.newBuilder(url.resolve("plans/" + path)).build(),
                        HttpResponse.BodyHandlers.ofString()))
                .toList();
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            assertThat(call.get().body()).isEqualTo("false");
        }

        List<JsonNode> asked = stub.find(postRequestedFor(urlPathEqualTo("/flags/"))).stream()
                .map(request -> read(request.getBodyAsString())).toList();
        assertThat(asked).hasSize(30).allSatisfy(request -> {
            String person = request.path("distinct_id").asText();
            boolean without = Integer.parseInt(person.substring("plan-".length())) % 3 == 2;
            assertThat(request.path("person_properties").path("plan").asText()).isEqualTo(without ? "" : person);
        });
    }

    private JsonNode read(String json) {
        try {
            return mapper.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
