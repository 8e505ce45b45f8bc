package io.quarkiverse.posthog.runtime.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.rest.IngestionApi.BatchEvent;

class EventEncoderTest {

    private final EventEncoder encoder = new EventEncoder(TestAccounts.mapper(), "1.2.3");

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "\t" })
    void refusesABlankName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> encoder.encode(CaptureEvent.of(name, "user")))
                .withMessage("The name of an event must not be blank");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " " })
    void refusesABlankDistinctId(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> encoder.encode(CaptureEvent.of("order placed", id)))
                .withMessage("Event 'order placed' has a blank distinct id");
    }

    @Test
    void writesTimestampsInUtcAndInFull() {
        assertThat(encode(event().timestamp(Instant.parse("2026-11-20T10:00:00.123456789Z"))).timestamp())
                .isEqualTo("2026-11-20T10:00:00.123456789Z");
        assertThat(encode(event().timestamp(OffsetDateTime.parse("2026-11-20T10:00:00.5+05:30"))).timestamp())
                .isEqualTo("2026-11-20T04:30:00.500Z");
        assertThat(encode(event().timestamp(ZonedDateTime.parse("2026-11-20T10:00:00+01:00[Europe/Vienna]"))).timestamp())
                .isEqualTo("2026-11-20T09:00:00Z");
    }

    @Test
    void takesTheMomentAndANewUuidWhereThereAreNone() {
        Instant before = Instant.now();
        BatchEvent encoded = encode(event());

        assertThat(Instant.parse(encoded.timestamp())).isBetween(before, Instant.now());
        assertThat(UUID.fromString(encoded.uuid()).version()).isEqualTo(7);
    }

    @Test
    void keepsTheUuid() {
        UUID uuid = UUID.randomUUID();

        assertThat(encode(event().uuid(uuid)).uuid()).isEqualTo(uuid.toString());
    }

    @Test
    void saysWhichLibrarySendsIt() {
        assertThat(encode(event().property("$lib", "mine")).properties())
                .isEqualTo(Map.of("$lib", "quarkus-posthog", "$lib_version", "1.2.3", "$is_server", true));
    }

    @Test
    void copiesDeeply() {
        List<Object> items = new ArrayList<>(List.of("first"));
        Map<String, Object> order = new HashMap<>(Map.of("items", items));
        BatchEvent encoded = encode(event().property("order", order));

        items.add("second");
        order.put("late", true);

        assertThat(encoded.properties()).containsEntry("order", Map.of("items", List.of("first")));
    }

    @Test
    void writesWhateverJacksonCanWrite() throws JsonProcessingException {
        record Amount(BigDecimal value, String currency) {
        }
        BatchEvent encoded = encode(event().property("amount", new Amount(new BigDecimal("49.90"), "EUR"))
                .property("huge", new BigInteger("123456789012345678901234567890"))
                .property("day", LocalDate.of(2026, 11, 20))
                .property("moment", Instant.parse("2026-11-20T10:00:00Z"))
                .property("nothing", null));

        assertThat(TestAccounts.mapper().writeValueAsString(encoded))
                .contains("\"amount\":{\"value\":49.90,\"currency\":\"EUR\"}", "\"huge\":123456789012345678901234567890",
                        "\"day\":\"2026-11-20\"", "\"moment\":\"2026-11-20T10:00:00Z\"", "\"nothing\":null",
                        "\"distinct_id\":\"user\"");
    }

    @Test
    void saysWhichPropertiesCanNotBeWritten() {
        Map<String, Object> endless = new HashMap<>();
        endless.put("self", endless);

        for (Object value : List.of(new Object(), endless, List.of(new Object()))) {
            assertThatIllegalArgumentException().isThrownBy(() -> encode(event().property("order", value)))
                    .withMessageStartingWith("Property 'order' of event 'order placed' can't be written as JSON: ");
        }
    }

    private static CaptureEvent event() {
        return CaptureEvent.of("order placed", "user");
    }

    private BatchEvent encode(CaptureEvent event) {
        return encoder.encode(event);
    }
}
