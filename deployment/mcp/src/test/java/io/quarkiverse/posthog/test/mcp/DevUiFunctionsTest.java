package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.test.DevUiClient;
import io.quarkiverse.posthog.test.Ports;
import io.quarkus.test.QuarkusDevModeTest;

/** The page of the Dev UI lists the functions and calls them. */
@Tag("AGT-17")
class DevUiFunctionsTest {

    private static final int PORT = Ports.free();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addAsResource(new StringAsset("""
                    quarkus.http.port=%d
                    quarkus.posthog.mcp.enabled=true
                    """.formatted(PORT)), "application.properties"));

    @Test
    void functionsAreListedAndCalled() throws Exception {
        String page = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://localhost:" + PORT
                + "/q/dev-ui/quarkus-posthog-mcp/qwc-posthog-functions.js")).build(), BodyHandlers.ofString()).body();
        assertThat(page).contains("class QwcPosthogFunctions");

        try (DevUiClient devUi = new DevUiClient(PORT, "quarkus-posthog-mcp")) {
            assertThat(devUi.call("functions").toString()).contains("posthog_capture_event", "\"accounts\":[\"default\"]");
            assertThat(devUi.call("functionCount").asText()).isEqualTo("20");
            JsonNode created = devUi.call("call", "function", "posthog_create_feature_flag", "arguments",
                    "{\"key\": \"of-dev-ui\", \"name\": \"x\"}");
            assertThat(created.at("/error").booleanValue()).isFalse();
            assertThat(created.at("/result/key").asText()).isEqualTo("of-dev-ui");
            JsonNode failed = devUi.call("call", "function", "posthog_get_event", "arguments", "{}");
            assertThat(failed.at("/error").booleanValue()).isTrue();
        }
    }
}
