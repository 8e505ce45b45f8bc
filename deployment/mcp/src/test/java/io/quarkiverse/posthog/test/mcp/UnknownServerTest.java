package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.DeploymentException;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** The name of an MCP server that does not exist fails the build. */
@Tag("AGT-14")
class UnknownServerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = McpApplication.enabled()
            .overrideConfigKey("quarkus.posthog.mcp.server", "opps")
            .overrideConfigKey("quarkus.mcp.server.\"ops\".http.root-path", "/ops/mcp")
            .assertException(failure -> assertThat(failure).isInstanceOf(DeploymentException.class)
                    .hasMessageContainingAll("quarkus.posthog.mcp.server is 'opps'",
                            "quarkus.mcp.server.\"opps\".http.root-path",
                            "the default server", "ops"));

    @Test
    void isNotBuilt() {
        Assertions.fail("built with an unknown server");
    }
}
