package io.quarkiverse.posthog.sdkadapter;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;

/** A PostHog stub that accepts all requests. */
final class Stub implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private static final String RECOVERED = "recovered";

    private final WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    @Override
    public void beforeAll(ExtensionContext context) {
        server.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server.resetAll();
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"status\": 1}")));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.stop();
    }

    String url() {
        return "http://localhost:" + server.port();
    }

    void failsOnce(int status) {
        server.stubFor(any(anyUrl()).inScenario("failure").whenScenarioStateIs(STARTED).willSetStateTo(RECOVERED)
                .willReturn(aResponse().withStatus(status)));
    }

    void answersFlags(String json) {
        server.stubFor(post(urlPathEqualTo("/flags/")).willReturn(okJson(json)));
    }

    void got(RequestPatternBuilder request) {
        server.verify(1, request);
    }
}
