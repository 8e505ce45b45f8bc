package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusProdModeTest;

/** In production, the application warns at startup if the path of the functions is not secured. */
@Tag("AGT-16")
class UnsecuredEndpointTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest().withEmptyApplication()
            .overrideConfigKey("quarkus.posthog.mcp.enabled", "true")
            .overrideConfigKey("quarkus.posthog.project-api-key", "phc_test")
            .overrideConfigKey("quarkus.posthog.host", "http://localhost:1")
            .overrideConfigKey("quarkus.http.root-path", "/app")
            .overrideConfigKey("quarkus.http.port", "0")
            .setRun(true);

    @Test
    void theWarningNamesThePathAndTheFix() {
        assertThat(APPLICATION.getStartupConsoleOutput()).contains("Everyone who can reach /app/mcp",
                "quarkus.http.auth.permission.posthog.paths=/app/mcp,/app/mcp/*", "quarkus.posthog.mcp.write=deny")
                .doesNotContain("phc_test");
    }
}
