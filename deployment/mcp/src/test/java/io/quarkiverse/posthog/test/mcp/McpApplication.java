package io.quarkiverse.posthog.test.mcp;

import java.util.List;
import java.util.Map;

import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusProdModeTest;
import io.quarkus.test.QuarkusUnitTest;

/** Applications with the functions, which use the emulator. */
final class McpApplication {

    private McpApplication() {
    }

    /** An application with the functions, that allows all of them. */
    static QuarkusUnitTest permissive(Class<?>... classes) {
        return enabled(classes).overrideRuntimeConfigKey("quarkus.posthog.mcp.write", "allow");
    }

    /** An application with the functions. */
    static QuarkusUnitTest enabled(Class<?>... classes) {
        return new QuarkusUnitTest()
                .withApplicationRoot(
                        jar -> jar.addClasses(McpApplication.class, McpClient.class, Emulator.class).addClasses(classes))
                .overrideConfigKey("quarkus.posthog.mcp.enabled", "true");
    }

    /** An application in production, whose account exists but is not used. */
    static QuarkusProdModeTest inProduction() {
        return new QuarkusProdModeTest().withEmptyApplication()
                .setForcedDependencies(List.of(Dependency.of("io.quarkiverse.mcp", "quarkus-mcp-server-http",
                        System.getProperty("quarkus-mcp-server.version"))))
                .overrideConfigKey("quarkus.posthog.mcp.enabled", "true")
                .overrideConfigKey("quarkus.posthog.project-api-key", "phc_test")
                .overrideConfigKey("quarkus.posthog.host", "http://localhost:1")
                .setRuntimeProperties(Map.of("quarkus.http.port", "0"))
                .setRun(true);
    }
}
