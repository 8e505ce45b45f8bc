package io.quarkiverse.posthog.test.flags;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import java.util.Comparator;
import java.util.List;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.test.PostHogStub;

/** PostHog's definitions, for applications whose project tokens tell them apart. */
final class DefinitionsServer {

    static final String SECURE_KEY = "phs_stubSecureKey";

    private static final String PATH = "/flags/definitions";

    private final WireMock stub;

    DefinitionsServer() {
        this.stub = new WireMock("localhost", Integer.parseInt(PostHogStub.url().replaceAll(".*:", "")));
    }

    /** Without any stubbing left, and without knowing of any request. */
    static DefinitionsServer reset() {
        PostHogStub.reset();
        return new DefinitionsServer();
    }

    /** Answers a project with flags that are on for everybody, unless it has them already. */
    DefinitionsServer flags(String token, String... keys) {
        String etag = "W/\"" + String.join("-", keys) + "\"";
        stub.register(request(token).willReturn(json(keys).withHeader("ETag", etag)));
        stub.register(request(token).withHeader("If-None-Match", equalTo(etag)).willReturn(status(304)));
        return this;
    }

    /** Answers a project with this. */
    DefinitionsServer answers(String token, ResponseDefinitionBuilder answer) {
        stub.register(request(token).willReturn(answer));
        return this;
    }

    private static MappingBuilder request(String token) {
        return get(urlPathEqualTo(PATH)).withQueryParam("token", equalTo(token));
    }

    static ResponseDefinitionBuilder json(String... keys) {
        StringBuilder flags = new StringBuilder();
        for (String key : keys) {
            flags.append(flags.isEmpty() ? "" : ",").append("{\"id\":1,\"key\":\"").append(key)
                    .append("\",\"active\":true,\"filters\":{\"groups\":[{\"properties\":[]}]}}");
        }
        return jsonResponse("{\"flags\":[" + flags + "],\"group_type_mapping\":{},\"cohorts\":{}}", 200);
    }

    static ResponseDefinitionBuilder status(int status) {
        return aResponse().withStatus(status);
    }

    /** What a project asked, the first request first. */
    List<LoggedRequest> requests(String token) {
        return stub.find(getRequestedFor(urlPathEqualTo(PATH)).withQueryParam("token", equalTo(token))).stream()
                .sorted(Comparator.comparing(LoggedRequest::getLoggedDate)).toList();
    }
}
