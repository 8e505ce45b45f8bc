package io.quarkiverse.posthog.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({ "/batch/, CAPTURE", "/i/v1/analytics/events, CAPTURE", "/i/v0/ai/batch/, CAPTURE_AI",
            "/flags/, FLAGS", "/flags, FLAGS", "/flags/definitions, FLAG_DEFINITIONS",
            "/api/projects/@current/feature_flags/, API" })
    void eachPathIsOfOneEndpointAndOfAll(String path, Endpoint endpoint) {
        assertThat(Arrays.stream(Endpoint.values()).filter(it -> it.matches(path)))
                .containsExactlyInAnyOrder(endpoint, Endpoint.ALL);
    }
}
