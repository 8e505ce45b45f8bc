package io.quarkiverse.posthog.test.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.devui.tests.DevUIJsonRPCTest;
import io.quarkus.test.QuarkusDevModeTest;

/** The page of the Dev UI runs scripts. */
@Tag("LUA-11")
class DevUiScriptsTest extends DevUIJsonRPCTest {

    private static final int PORT = freePort();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addAsResource(new StringAsset("""
                    quarkus.http.port=%d
                    quarkus.posthog.lua.enabled=true
                    """.formatted(PORT)), "application.properties"));

    DevUiScriptsTest() {
        super("quarkus-posthog-lua", "http://localhost:" + PORT);
    }

    @Test
    void scriptsAreRunWithApprovalOfTheDeveloper() throws Exception {
        assertThat(get("/q/dev-ui/quarkus-posthog-lua/qwc-posthog-scripts.js").body()).contains("class QwcPosthogScripts");
        assertThat(get("/q/dev-ui/quarkus-posthog/posthog-shared.js").statusCode()).isEqualTo(200);

        JsonNode result = executeJsonRPCMethod("run", Map.of("code",
                "print('x') return app.integrations.posthog.create_feature_flag({ key = 'of-dev-ui', name = 'A' }).key"));
        assertThat(result.path("success").booleanValue()).isTrue();
        assertThat(result.path("output").textValue()).isEqualTo("x\n");
        assertThat(result.path("result").textValue()).isEqualTo("of-dev-ui");
        assertThat(result.path("calls")).hasSize(1);

        JsonNode dryRun = executeJsonRPCMethod("run", Map.of("code",
                "return app.integrations.posthog.delete_feature_flag({ key = 'of-dev-ui' }).dry_run", "dryRun", true,
                "cpuLimit", 1, "memoryLimit", 2_000_000));
        assertThat(dryRun.path("result").booleanValue()).isTrue();

        JsonNode failed = executeJsonRPCMethod("run", Map.of("code", "error('y')"));
        assertThat(failed.at("/error/line").intValue()).isEqualTo(1);
        assertThat(executeJsonRPCMethod("limits").path("calls").intValue()).isEqualTo(200);
        assertThat(executeJsonRPCMethod("documentation", Map.of("page", "overview")).toString()).contains("# Scripts");
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + path)).build(),
                BodyHandlers.ofString());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
