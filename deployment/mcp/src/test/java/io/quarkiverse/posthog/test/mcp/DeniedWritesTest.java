package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.mcp.server.FilterContext;
import io.quarkiverse.mcp.server.McpMethod;
import io.quarkiverse.mcp.server.ToolFilter;
import io.quarkiverse.mcp.server.ToolManager.ToolInfo;
import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkiverse.posthog.functions.Access;
import io.quarkiverse.posthog.functions.FunctionAccess;
import io.quarkiverse.posthog.functions.FunctionAuthorizer;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.test.QuarkusUnitTest;

/** What is denied stays denied, even if a filter fails, which the MCP server ignores. */
@Tag("AGT-5")
class DeniedWritesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = McpApplication.enabled(FailingFilter.class, Denial.class);

    @Test
    void functionsThatAreDeniedAreNeitherListedNorCalled() {
        McpClient client = McpClient.connect();

        assertThat(client.tools().tools()).extracting(McpAssured.ToolInfo::name).hasSize(15)
                .doesNotContain("posthog_create_feature_flag", "posthog_capture_event");
        assertThat(client.error("posthog_create_feature_flag", Map.of("name", "a", "key", "a")).getString("type"))
                .isEqualTo("denied");
        assertThat(Emulator.ofDefaultAccount().requests("/api/projects")).isEmpty();
    }

    @Singleton
    public static class FailingFilter implements ToolFilter {

        @Override
        public boolean test(ToolInfo tool, FilterContext context) {
            if (context.method() == McpMethod.TOOLS_CALL) {
                throw new IllegalStateException("This filter fails");
            }
            return true;
        }
    }

    /** Denies writes, unlike the configuration, and fails for one function. */
    @Singleton
    public static class Denial implements FunctionAuthorizer {

        @Override
        public Access decide(FunctionAccess access, java.util.Optional<SecurityIdentity> identity) {
            if (access.function().equals("posthog_restore_feature_flag")) {
                throw new IllegalStateException("This authorizer fails");
            }
            return access.operation() == io.quarkiverse.posthog.functions.FunctionOperation.WRITE ? Access.DENY
                    : access.configured();
        }
    }
}
