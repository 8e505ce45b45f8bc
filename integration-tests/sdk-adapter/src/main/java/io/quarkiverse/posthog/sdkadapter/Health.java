package io.quarkiverse.posthog.sdkadapter;

import java.util.List;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The SDK under test.
 *
 * @param supportsParallel whether tests can run concurrently
 * @param capabilities the capabilities that can be tested
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Health(String sdkName, String sdkVersion, String adapterVersion, boolean supportsParallel,
        List<String> capabilities) {
}
