package org.acme.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.mcp.server.ClientCapability;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkiverse.mcp.server.test.McpAssured.McpStreamableTestClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

@QuarkusTest
class McpServerTest {

    @TestHTTPResource("/")
    URI server;

    private McpStreamableTestClient client;

    @BeforeEach
    void connect() {
        client = McpAssured.newStreamableClient().setBaseUri(server)
                .setClientCapabilities(new ClientCapability(ClientCapability.ELICITATION, Map.of())).build().connect();
    }

    @AfterEach
    void disconnect() {
        client.disconnect();
    }

    @Test
    void toolsResourcesAndPromptsAreListed() {
        assertThat(client.initResult().serverName()).isEqualTo("posthog");
        client.when()
                .toolsList(page -> assertThat(page.findByName("posthog_list_feature_flags")).isNotNull())
                .resourcesList(page -> assertThat(page.findByUri("posthog://accounts")).isNotNull())
                .promptsList(page -> assertThat(page.findByName("why_flag")).isNotNull())
                .thenAssertResults();
    }

    @Test
    void aChangeIsMadeAfterTheUserApprovesIt() {
        String key = "flag-" + UUID.randomUUID();
        JsonObject request = client.newRequest(McpAssured.TOOLS_CALL).put("params", new JsonObject()
                .put("name", "posthog_create_feature_flag")
                .put("arguments", new JsonObject().put("name", "New checkout").put("key", key)));
        client.sendAndForget(request);
        JsonObject question = client.waitForRequests(1).requests().get(0);

        assertThat(question.getJsonObject("params").getString("message")).contains(key);
        assertThat(flags(key)).isZero();
        client.sendAndForget(new JsonObject().put("jsonrpc", "2.0").put("id", question.getValue("id")).put("result",
                new JsonObject().put("action", "accept").put("content", new JsonObject().put("decision", "once"))));

        assertThat(client.waitForResponse(request).getJsonObject("result").getBoolean("isError")).isFalse();
        assertThat(flags(key)).isOne();
    }

    private int flags(String key) {
        AtomicReference<ToolResponse> response = new AtomicReference<>();
        client.when().toolsCall("posthog_list_feature_flags", Map.of("search", key), response::set).thenAssertResults();
        assertThat(response.get().isError()).isFalse();
        return new JsonObject(response.get().firstContent().asText().text()).getJsonArray("results").size();
    }
}
