package io.quarkiverse.posthog.sdkadapter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which of its ways to send events the extension shows in this run. The harness can't choose; the process does. */
@ConfigMapping(prefix = "adapter")
public interface AdapterConfig {

    @WithDefault("v0")
    Protocol protocol();

    /** How requests are compressed when a test wants them to be. */
    @WithDefault("gzip")
    Encoding encoding();
}
