package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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

/** The page of the Dev UI lists the functions and calls them. */
@Tag("AGT-17")
class DevUiFunctionsTest {

    private static final int PORT = freePort();

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

        assertThat(call("functions", new JsonObject()).encode()).contains("posthog_capture_event",
                "\"accounts\":[\"default\"]");
        assertThat(call("functionCount", new JsonObject()).getString("object")).isEqualTo("20");
        JsonObject created = call("call", new JsonObject().put("function", "posthog_create_feature_flag").put("arguments",
                new JsonObject().put("key", "of-dev-ui").put("name", "x").encode()));
        assertThat(created.getJsonObject("object").getBoolean("error")).isFalse();
        assertThat(created.getJsonObject("object").getJsonObject("result").getString("key")).isEqualTo("of-dev-ui");
        JsonObject failed = call("call", new JsonObject().put("function", "posthog_get_event").put("arguments", "{}"));
        assertThat(failed.getJsonObject("object").getBoolean("error")).isTrue();
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
                .put("method", "quarkus-posthog-mcp_" + method).put("params", params).encode(), true).join();
        JsonObject result = answer.get(20, TimeUnit.SECONDS);
        socket.abort();
        return result;
    }

    private static int freePort() {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
