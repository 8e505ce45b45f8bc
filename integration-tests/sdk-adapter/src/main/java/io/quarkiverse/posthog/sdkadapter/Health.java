package io.quarkiverse.posthog.sdkadapter;

import java.util.List;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What is under test.
 *
 * @param supportsParallel whether several tests may run at a time
 * @param capabilities what of it may be tested
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Health(String sdkName, String sdkVersion, String adapterVersion, boolean supportsParallel,
        List<String> capabilities) {
}
