package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.Guarantee;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.BatchEncoder.EncodedBatch;
import io.quarkiverse.posthog.runtime.capture.BatchEncoder.Excluded;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.Compression;
import io.quarkiverse.posthog.runtime.config.TestAccounts;

class BatchEncoderTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final ObjectMapper mapper = TestAccounts.mapper();

    @Test
    @Guarantee({ "V0-1", "V0-2", "WIRE-2" })
    void theBodyOfProtocolV0() throws IOException {
        JsonNode body = body(encoder(true, 10_000, 10_000).encode(Batch.of(List.of(event("1", Map.of("amount", 42)))), NOW));

        assertThat(body.toString()).isEqualTo("""
                {"api_key":"phc_\\"quoted\\"","historical_migration":true,"sent_at":"2026-11-20T10:00:00Z","batch":[\
                {"event":"1","distinct_id":"user","uuid":"00000000-0000-0001-0000-000000000001",\
                "timestamp":"2026-11-20T09:00:00.123Z","properties":{"amount":42}}]}""");
        assertThat(body(encoder(false, 10_000, 10_000).encode(Batch.of(List.of(event("1", Map.of()))), NOW))
                .has("historical_migration")).isFalse();
    }

    @Test
    @Guarantee({ "EBT-4", "EBT-6" })
    void noBodyAndNoEventIsLargerThanAllowedWhateverTheLimit() throws IOException {
        List<QueuedEvent> events = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            events.add(event("" + i, Map.of("text", "x".repeat(i * 10))));
        }
        for (int limit = 150; limit < 2000; limit++) {
            EncodedBatch encoded = encoder(false, 200, limit).encode(Batch.of(events), NOW);

            assertThat(encoded.body().length <= limit || encoded.batch().events().size() == 1).isTrue();
            body(encoded).path("batch").forEach(event -> assertThat(event.toString().length()).isLessThanOrEqualTo(200));
            assertThat(encoded.batch().events().size() + encoded.left().size() + encoded.excluded().size()).isEqualTo(8);
            assertThat(encoded.excluded()).extracting(Excluded::reason).containsOnly(DropReason.TOO_LARGE);
        }
    }

    @Test
    @Guarantee("WIRE-6")
    void whatAnEventDoesNotHaveIsNotSentAsNull() throws IOException {
        JsonNode event = body(encoder(false, 10_000, 10_000).encode(Batch.of(List.of(event("1", Map.of()))), NOW))
                .at("/batch/0");

        assertThat(event).noneMatch(JsonNode::isNull);
        assertThat(event.path("properties")).isEmpty();
    }

    @Test
    @Guarantee({ "WIRE-4", "V0-2" })
    void valuesAreSentAsTheyAre() throws IOException {
        Map<String, Object> values = new HashMap<>();
        values.put("time", "2026-11-20T10:00:00+05:30");
        values.put("int", 42);
        values.put("long", 9_007_199_254_740_993L);
        values.put("price", new BigDecimal("49.90"));
        values.put("text", "ä\"\\\n\u2028\uD83D\uDE00");
        values.put("nothing", null);
        values.put("list", List.of(1, "two", Map.of("three", true)));
        EncodedBatch encoded = encoder(false, 10_000, 10_000).encode(Batch.of(List.of(event("1", values))), NOW);
        JsonNode sent = body(encoded).at("/batch/0/properties");

        assertThat(sent.path("time").asText()).isEqualTo("2026-11-20T10:00:00+05:30");
        assertThat(sent.path("int").isIntegralNumber()).isTrue();
        assertThat(sent.path("long").asLong()).isEqualTo(9_007_199_254_740_993L);
        assertThat(new String(encoded.body(), StandardCharsets.UTF_8)).contains("\"price\":49.90");
        assertThat(sent.path("text").asText()).isEqualTo("ä\"\\\n\u2028\uD83D\uDE00");
        assertThat(sent.path("nothing").isNull()).isTrue();
        assertThat(sent.path("list").toString()).isEqualTo("[1,\"two\",{\"three\":true}]");
    }

    private QueuedEvent event(String name, Map<String, Object> properties) {
        return new QueuedEvent(new CaptureEvent(name, "user", properties, Instant.parse("2026-11-20T09:00:00.123Z"),
                new UUID(Long.parseLong(name), Long.parseLong(name))), 100);
    }

    private BatchEncoder encoder(boolean historical, long maxEvent, long maxBatch) {
        return new BatchEncoder(new ProtocolV0(mapper, "capture", "phc_\"quoted\"", historical, false), mapper.getFactory(),
                Compressor.of(Compression.NONE, null), maxEvent, maxBatch);
    }

    private JsonNode body(EncodedBatch encoded) throws IOException {
        return mapper.readTree(encoded.body());
    }
}
