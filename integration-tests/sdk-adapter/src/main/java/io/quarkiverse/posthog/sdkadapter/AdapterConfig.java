package io.quarkiverse.posthog.sdkadapter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The protocol and compression of this run. The harness cannot choose them, so each run of the process has fixed values. */
@ConfigMapping(prefix = "adapter")
public interface AdapterConfig {

    @WithDefault("v0")
    Protocol protocol();

    /** The compression of requests in tests that enable compression. */
    @WithDefault("gzip")
    Encoding encoding();
}
