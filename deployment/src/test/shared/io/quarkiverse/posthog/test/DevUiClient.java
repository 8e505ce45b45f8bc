package io.quarkiverse.posthog.test;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Calls the JSON-RPC methods that the pages of the Dev UI call, with their web socket. */
public final class DevUiClient implements Closeable {

    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger(1000);
    private final StringBuffer received = new StringBuffer();
    private final String namespace;
    private final WebSocket socket;

    public DevUiClient(int port, String namespace) {
        this.namespace = namespace;
        this.socket = HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + port + "/q/dev-ui/json-rpc-ws"), new Answers()).join();
    }

    /** @param parameters names and values in turn */
    public JsonNode call(String method, Object... parameters) {
        int id = ids.incrementAndGet();
        ObjectNode request = mapper.createObjectNode().put("jsonrpc", "2.0").put("id", id)
                .put("method", namespace + "_" + method);
        ObjectNode params = request.putObject("params");
        for (int i = 0; i < parameters.length; i += 2) {
            params.set((String) parameters[i], mapper.valueToTree(parameters[i + 1]));
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText(request.toString(), true).join();
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Returns everything that was received, as text. */
    public String received() {
        return received.toString();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Answers implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.append(text).append('\n');
                answered(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        private void answered(String json) {
            try {
                JsonNode answer = mapper.readTree(json);
                CompletableFuture<JsonNode> waits = waiting.remove(answer.path("id").asInt());
                if (waits != null && answer.has("error")) {
                    waits.completeExceptionally(new AssertionError(answer.path("error").toString()));
                } else if (waits != null) {
                    waits.complete(answer.path("result").path("object"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
