package io.quarkiverse.posthog.sdkadapter;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** The SDK settings of a test. Null selects the default of the extension, except for the compression. */
@JsonNaming(SnakeCaseStrategy.class)
public record InitRequest(String apiKey, String host, Integer flushAt, Integer flushIntervalMs, Integer maxRetries,
        boolean enableCompression, Boolean disableGeoip, Boolean historicalMigration) {
}
