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
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusDevModeTest;
import io.vertx.core.json.JsonObject;

/** The page of the Dev UI runs scripts. */
@Tag("LUA-11")
class DevUiScriptsTest {

    private static final int PORT = freePort();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addAsResource(new StringAsset("""
                    quarkus.http.port=%d
                    quarkus.posthog.lua.enabled=true
                    """.formatted(PORT)), "application.properties"));

    @Test
    void scriptsAreRunWithApprovalOfTheDeveloper() throws Exception {
        assertThat(get("/q/dev-ui/quarkus-posthog-lua/qwc-posthog-scripts.js").body()).contains("class QwcPosthogScripts");
        assertThat(get("/q/dev-ui/quarkus-posthog/posthog-shared.js").statusCode()).isEqualTo(200);

        JsonObject result = call("run", new JsonObject().put("code",
                "print('x') return app.integrations.posthog.create_feature_flag({ key = 'of-dev-ui', name = 'A' }).key")
                .put("dryRun", false).put("cpuLimit", 0).put("memoryLimit", 0))
                .getJsonObject("object");
        assertThat(result.getBoolean("success")).as(result.encode()).isTrue();
        assertThat(result.getString("output")).isEqualTo("x\n");
        assertThat(result.getString("result")).isEqualTo("of-dev-ui");
        assertThat(result.getJsonArray("calls")).hasSize(1);

        JsonObject dryRun = call("run", new JsonObject().put("code",
                "return app.integrations.posthog.update_feature_flag({ key = 'of-dev-ui', active = false }).dry_run")
                .put("dryRun", true).put("cpuLimit", 1).put("memoryLimit", 2_000_000)).getJsonObject("object");
        assertThat(dryRun.getBoolean("result")).as(dryRun.encode()).isTrue();

        JsonObject failed = call("run", new JsonObject().put("code", "error('y')").put("dryRun", false).put("cpuLimit", 0)
                .put("memoryLimit", 0)).getJsonObject("object");
        assertThat(failed.getJsonObject("error").getInteger("line")).isEqualTo(1);
        assertThat(call("limits", new JsonObject()).getJsonObject("object").getInteger("calls")).isEqualTo(200);
        assertThat(call("documentation", new JsonObject().put("page", "overview")).getString("object")).contains("# Scripts");
    }

    private static JsonObject call(String method, JsonObject params) throws Exception {
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        WebSocket socket = HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + PORT + "/q/dev-ui/json-rpc-ws"), new WebSocket.Listener() {

                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        text.append(data);
                        if (last) {
                            JsonObject message = new JsonObject(text.toString());
                            text.setLength(0);
                            if (Integer.valueOf(4711).equals(message.getValue("id"))) {
                                answer.complete(message.getJsonObject("result"));
                            }
                        }
                        webSocket.request(1);
                        return null;
                    }
                }).join();
        socket.sendText(new JsonObject().put("jsonrpc", "2.0").put("id", 4711)
                .put("method", "quarkus-posthog-lua_" + method).put("params", params).encode(), true).join();
        JsonObject result = answer.get(20, TimeUnit.SECONDS);
        socket.abort();
        return result;
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
