package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkiverse.mcp.server.test.McpAssured.McpStreamableTestClient;
import io.quarkiverse.mcp.server.test.McpAssured.ToolsPage;
import io.quarkiverse.posthog.functions.Access;
import io.quarkiverse.posthog.functions.FunctionAccess;
import io.quarkiverse.posthog.functions.FunctionAuthorizer;
import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.test.QuarkusUnitTest;

/** A bean decides which user may do what, and the HTTP path is secured. */
@Tag("AGT-12")
class AuthorizerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = McpApplication.enabled(AdminsWrite.class)
            .overrideConfigKey("quarkus.security.users.embedded.enabled", "true")
            .overrideConfigKey("quarkus.security.users.embedded.plain-text", "true")
            .overrideConfigKey("quarkus.security.users.embedded.users.alice", "alice")
            .overrideConfigKey("quarkus.security.users.embedded.users.bob", "bob")
            .overrideConfigKey("quarkus.security.users.embedded.roles.alice", "admin")
            .overrideConfigKey("quarkus.security.users.embedded.roles.bob", "reader")
            .overrideConfigKey("quarkus.http.auth.basic", "true")
            .overrideConfigKey("quarkus.http.auth.permission.posthog.paths", "/mcp,/mcp/*")
            .overrideConfigKey("quarkus.http.auth.permission.posthog.policy", "authenticated");

    @Test
    void theListDependsOnTheUser() {
        assertThat(tools("alice").tools()).hasSize(20);
        assertThat(tools("bob").tools()).hasSize(15);
    }

    @Test
    void callsDependOnTheUser() {
        assertThat(create("alice").isError()).isFalse();
        ToolResponse denied = create("bob");
        assertThat(denied.isError()).isTrue();
        assertThat(denied.firstContent().asText().text()).contains("\"type\":\"denied\"");
    }

    @Test
    void withoutAUserThereIsNoSession() {
        McpClient.builder().setExpectConnectFailure(response -> assertThat(response.statusCode()).isEqualTo(401)).build()
                .connect();
    }

    private static McpStreamableTestClient connect(String user) {
        return McpClient.builder().setBasicAuth(user, user).build().connect();
    }

    private static ToolsPage tools(String user) {
        AtomicReference<ToolsPage> tools = new AtomicReference<>();
        connect(user).when().toolsList(tools::set).thenAssertResults();
        return tools.get();
    }

    private static ToolResponse create(String user) {
        AtomicReference<ToolResponse> response = new AtomicReference<>();
        connect(user).when().toolsCall("posthog_create_feature_flag", Map.of("name", "a", "key", "of-" + user), response::set)
                .thenAssertResults();
        return response.get();
    }

    /** Admins write without an approval, others not at all. */
    @Singleton
    public static class AdminsWrite implements FunctionAuthorizer {

        @Override
        public Access decide(FunctionAccess access, Optional<SecurityIdentity> identity) {
            if (access.operation() == FunctionOperation.READ) {
                return access.configured();
            }
            return identity.filter(user -> user.hasRole("admin")).isPresent() ? Access.ALLOW : Access.DENY;
        }
    }
}
