package io.quarkiverse.posthog.runtime.mcp;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.quarkus.runtime.annotations.Recorder;

/** Records what is known when the application is built. */
@Recorder
public class McpRecorder {

    public Supplier<OtherValidators> validators(List<Class<?>> classes) {
        return new Supplier<>() {
            @Override
            public OtherValidators get() {
                return new OtherValidators(classes);
            }
        };
    }

    /** @param path null without an HTTP endpoint */
    public Supplier<McpEndpoint> endpoint(String server, String path) {
        return new Supplier<>() {
            @Override
            public McpEndpoint get() {
                return new McpEndpoint(server, Optional.ofNullable(path));
            }
        };
    }
}
