package io.quarkiverse.posthog.sdkadapter;

import java.util.List;

/** The compression of requests, with its names in HTTP. */
public enum Encoding {

    NONE("none"),
    GZIP("gzip", "encoding_gzip"),
    DEFLATE("deflate", "encoding_deflate"),
    ZSTD("zstd", "encoding_zstd"),
    BR("brotli", "encoding_br");

    private final String setting;
    private final List<String> capabilities;

    Encoding(String setting, String... capabilities) {
        this.setting = setting;
        this.capabilities = List.of(capabilities);
    }

    /** The value of {@code capture.compression}. */
    String setting() {
        return setting;
    }

    /** Returns the capabilities that the harness can test. */
    List<String> capabilities() {
        return capabilities;
    }
}
