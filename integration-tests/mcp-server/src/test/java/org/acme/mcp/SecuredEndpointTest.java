package org.acme.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkiverse.mcp.server.test.McpAssured.McpStreamableTestClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** The configuration in the documentation: only users who are logged in reach the endpoint. */
@QuarkusTest
@TestProfile(SecuredEndpointTest.Secured.class)
class SecuredEndpointTest {

    public static class Secured implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.auth.permission.posthog.paths", "/mcp,/mcp/*",
                    "quarkus.http.auth.permission.posthog.policy", "authenticated",
                    "quarkus.http.auth.basic", "true",
                    "quarkus.security.users.embedded.enabled", "true",
                    "quarkus.security.users.embedded.plain-text", "true",
                    "quarkus.security.users.embedded.users.agent", "secret");
        }
    }

    @TestHTTPResource("/")
    URI server;

    @Test
    void usersConnect() {
        McpStreamableTestClient client = builder().setBasicAuth("agent", "secret").build().connect();

        client.when().toolsCall("posthog_list_feature_flags", Map.of(),
                response -> assertThat(response.isError()).isFalse()).thenAssertResults();
    }

    @Test
    void othersAreRejected() {
        McpStreamableTestClient client = builder().setExpectConnectFailure().build().connect();

        assertThat(client.isConnected()).isFalse();
    }

    private McpStreamableTestClient.Builder builder() {
        return McpAssured.newStreamableClient().setBaseUri(server);
    }
}
