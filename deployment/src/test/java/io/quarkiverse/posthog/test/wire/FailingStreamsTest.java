package io.quarkiverse.posthog.test.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkiverse.posthog.PostHogRateLimitException;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.smallrye.mutiny.Multi;

/** Streams that fail before and after the first byte of the response, with the exception mapper of the documentation. */
class FailingStreamsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Endpoints.class, Failures.class))
            .overrideConfigKey("quarkus.posthog.retry.max-retries", "0");

    private static final String PERSONS = PostHogStub.path("/persons/");

    private static final String PERSON = """
            {"id": "0193cccc-3333-7000-8000-000000000001", "uuid": "0193cccc-3333-7000-8000-000000000001", "name": "zoe"}""";

    @TestHTTPResource
    URI application;

    private WireMock stub;

    @BeforeEach
    void reset() {
        stub = PostHogStub.reset();
    }

    @ParameterizedTest
    @CsvSource({ "404,404", "429,503", "500,502", "403,502" })
    @Tag("RDG-7")
    void aFailureBeforeTheFirstItemIsMapped(int postHog, int expected) throws IOException {
        stub.register(get(urlPathEqualTo(PERSONS)).willReturn(jsonResponse("{\"detail\": \"secret detail\"}", postHog)));

        for (String path : new String[] { "/streams/json", "/streams/lines" }) {
            assertThat(response(path)).startsWith("HTTP/1.1 " + expected + " ").contains("Analytics are not available")
                    .doesNotContain("secret detail");
        }
        // The headers of server-sent events are sent at once
        assertThat(response("/streams/events")).startsWith("HTTP/1.1 200 ").doesNotContain("data:", "secret detail")
                .doesNotEndWith("\r\n0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/streams/json", "/streams/events", "/streams/lines" })
    @Tag("RDG-7")
    void aFailureAfterTheFirstItemEndsTheConnection(String path) throws IOException {
        stub.register(get(urlPathEqualTo(PERSONS)).willReturn(jsonResponse("{\"detail\": \"broken\"}", 500)));
        stub.register(get(urlEqualTo(PERSONS + "?limit=1")).willReturn(jsonResponse(
                "{\"results\": [" + PERSON + "], \"next\": \"" + PostHogStub.url() + PERSONS + "?limit=1&offset=1\"}", 200)));

        String response = response(path);

        // Without the last chunk, so that clients know that the body is not complete
        assertThat(response).startsWith("HTTP/1.1 200 ").contains("zoe").doesNotContain("Analytics are not available")
                .doesNotEndWith("\r\n0\r\n\r\n");
    }

    /** The bytes until the server closes the connection. */
    private String response(String path) throws IOException {
        try (Socket socket = new Socket(application.getHost(), application.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            StringBuilder response = new StringBuilder();
            byte[] buffer = new byte[8192];
            try {
                for (int read = socket.getInputStream().read(buffer); read >= 0; read = socket.getInputStream().read(buffer)) {
                    response.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
                }
            } catch (SocketException e) {
                // Reset by the server
            }
            return response.toString();
        }
    }

    @Path("streams")
    public static class Endpoints {

        @Inject
        PostHog posthog;

        @GET
        @Path("json")
        public Multi<Person> json() {
            return posthog.persons().list(PersonQuery.create().pageSize(1));
        }

        @GET
        @Path("events")
        @Produces(MediaType.SERVER_SENT_EVENTS)
        @RestStreamElementType(MediaType.APPLICATION_JSON)
        public Multi<Person> events() {
            return json();
        }

        @GET
        @Path("lines")
        @Produces("application/x-ndjson")
        public Multi<Person> lines() {
            return json();
        }
    }

    /** As in the documentation. */
    public static class Failures {

        private static final Logger LOG = Logger.getLogger(Failures.class);

        @ServerExceptionMapper
        public RestResponse<Map<String, String>> map(PostHogException failure) {
            LOG.warn(failure.getMessage());
            Status status = Status.BAD_GATEWAY;
            if (failure instanceof PostHogNotFoundException) {
                status = Status.NOT_FOUND;
            } else if (failure instanceof PostHogRateLimitException) {
                status = Status.SERVICE_UNAVAILABLE;
            }
            return ResponseBuilder.create(status, Map.of("error", "Analytics are not available")).build();
        }
    }
}
