package io.quarkiverse.posthog.sdkadapter;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** How a test wants the SDK to be set up. What is null is left to the defaults of the extension, but for the compression. */
@JsonNaming(SnakeCaseStrategy.class)
public record InitRequest(String apiKey, String host, Integer flushAt, Integer flushIntervalMs, Integer maxRetries,
        boolean enableCompression, Boolean disableGeoip, Boolean historicalMigration) {
}
