package io.quarkiverse.posthog.test.mcp;

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
}
