package io.quarkiverse.posthog.runtime.capture.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder.EncodedBatch;
import io.quarkiverse.posthog.runtime.capture.wire.BatchEncoder.Excluded;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.Compression;
import io.quarkiverse.posthog.runtime.config.TestAccounts;

class BatchEncoderTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final ObjectMapper mapper = TestAccounts.mapper();

    @Test
    @Tag("V0-1")
    @Tag("V0-2")
    @Tag("WIRE-2")
    void theBodyOfProtocolV0() throws IOException {
        JsonNode body = body(encoder(true, 10_000, 10_000).encode(Batch.of(List.of(event("1", Map.of("amount", 42)))), NOW));

        assertThat(body.toString()).isEqualTo("""
                {"api_key":"phc_\\"quoted\\"","historical_migration":true,"sent_at":"2026-11-20T10:00:00Z","batch":[\
                {"event":"1","distinct_id":"zoey","uuid":"00000000-0000-0001-0000-000000000001",\
                "timestamp":"2026-11-20T09:00:00.123Z","properties":{"amount":42}}]}""");
        assertThat(body(encoder(false, 10_000, 10_000).encode(Batch.of(List.of(event("1", Map.of()))), NOW))
                .has("historical_migration")).isFalse();
    }

    @Test
    @Tag("EBT-4")
    @Tag("EBT-6")
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
            assertThat(encoded.excluded()).extracting(Excluded::reason).allMatch(reason -> reason == DropReason.TOO_LARGE);
        }
    }

    @Test
    @Tag("WIRE-6")
    void whatAnEventDoesNotHaveIsNotSentAsNull() throws IOException {
        JsonNode event = body(encoder(false, 10_000, 10_000).encode(Batch.of(List.of(event("1", Map.of()))), NOW))
                .at("/batch/0");

        assertThat(event).noneMatch(JsonNode::isNull);
        assertThat(event.path("properties")).isEmpty();
    }

    @Test
    @Tag("WIRE-4")
    @Tag("V0-2")
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

    static Stream<Object> unwritable() {
        Map<String, Object> circle = new HashMap<>();
        circle.put("itself", circle);
        Map<Object, Object> numberAsKey = new HashMap<>(Map.of(1, "one"));
        Number unknown = new AtomicInteger(1);
        List<Object> broken = new AbstractList<>() {

            @Override
            public Object get(int index) {
                throw new IllegalStateException("broken");
            }

            @Override
            public int size() {
                return 1;
            }
        };
        return Stream.of(circle, numberAsKey, unknown, broken, Map.of("nested", List.of(Map.of("deep", broken))));
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    @Tag("RTQ-17")
    void anEventThatCanNotBeEncodedDoesNotAffectTheOthers(Object value) throws IOException {
        List<QueuedEvent> events = List.of(event("1", Map.of("bad", value)), event("2", Map.of()),
                event("3", Map.of("before", "x".repeat(20_000), "bad", value)), event("4", Map.of("bad", value)),
                event("5", Map.of("text", "ä")), event("6", Map.of("bad", value)));

        EncodedBatch encoded = encoder(false, 100_000, 100_000).encode(Batch.of(events), NOW);

        assertThat(body(encoded)).isEqualTo(body(encoder(false, 100_000, 100_000)
                .encode(Batch.of(List.of(events.get(1), events.get(4))), NOW)));
        assertThat(encoded.batch().events()).containsExactly(events.get(1), events.get(4));
        assertThat(encoded.excluded()).extracting(Excluded::event).containsExactly(events.get(0), events.get(2), events.get(3),
                events.get(5));
        assertThat(encoded.excluded()).allSatisfy(excluded -> {
            assertThat(excluded.reason()).isEqualTo(DropReason.ENCODING_FAILED);
            assertThat(excluded.detail()).startsWith("event '" + excluded.event().event().event() + "' can't be encoded: ");
        });
    }

    private QueuedEvent event(String name, Map<String, Object> properties) {
        return new QueuedEvent(new CaptureEvent(name, "zoey", properties, Instant.parse("2026-11-20T09:00:00.123Z"),
                new UUID(Long.parseLong(name), Long.parseLong(name))), 100);
    }

    private BatchEncoder encoder(boolean historical, long maxEvent, long maxBatch) {
        return new BatchEncoder(new ProtocolV0(mapper, "capture", "phc_\"quoted\"", historical, EventKind.ANALYTICS),
                mapper.getFactory(),
                Compressor.of(Compression.NONE, null), maxEvent, maxBatch);
    }

    private JsonNode body(EncodedBatch encoded) throws IOException {
        return mapper.readTree(encoded.body());
    }
}
