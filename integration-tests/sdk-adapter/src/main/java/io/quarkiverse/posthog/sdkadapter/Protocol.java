package io.quarkiverse.posthog.sdkadapter;

import java.util.List;
import java.util.stream.Stream;

/** The capture protocol. */
public enum Protocol {

    V0("v0", "capture_v0", "capture_ai_v0"),
    V1("v1", "capture_v1");

    private final String setting;
    private final List<String> capabilities;

    Protocol(String setting, String... capabilities) {
        this.setting = setting;
        this.capabilities = List.of(capabilities);
    }

    /** The value of {@code capture.protocol}. */
    String setting() {
        return setting;
    }

    /** Returns the capabilities that the harness can test. */
    List<String> capabilities(Encoding encoding) {
        return Stream.concat(capabilities.stream(), used(encoding).capabilities().stream()).toList();
    }

    /** Returns the compression that is used. Protocol v0 supports gzip only. */
    private Encoding used(Encoding encoding) {
        return this == V0 && encoding != Encoding.NONE ? Encoding.GZIP : encoding;
    }
}
