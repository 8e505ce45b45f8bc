package io.quarkiverse.posthog.sdkadapter;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;

import org.junit.jupiter.api.Test;

class ProtocolTest {

    @Test
    void v0SupportsGzipOnly() {
        assertThat(Protocol.V0.capabilities(Encoding.BR), contains("capture_v0", "capture_ai_v0", "encoding_gzip"));
    }

    @Test
    void v1SupportsTheEncodingOfTheRun() {
        assertThat(Protocol.V1.capabilities(Encoding.BR), contains("capture_v1", "encoding_br"));
    }

    @Test
    void withoutCompressionNoneIsTested() {
        assertThat(Protocol.V1.capabilities(Encoding.NONE), contains("capture_v1"));
    }
}
