package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusProdModeTest;

/** There is no warning if changes are denied. */
@Tag("AGT-16")
class DeniedWritesNeedNoSecurityTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = McpApplication.inProduction()
            .overrideConfigKey("quarkus.posthog.mcp.write", "deny");

    @Test
    void thereIsNoWarning() {
        assertThat(APPLICATION.getStartupConsoleOutput()).contains("posthog-mcp").doesNotContain("Everyone who can reach");
    }
}
