package io.quarkiverse.posthog.runtime.capture.event;

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
import io.quarkiverse.posthog.runtime.context.RequestData;

class EventEnricherTest {

    private final EventEnricher enricher = new EventEnricher(TestAccounts::mapper, "1.2.3", false);

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "\t" })
    void refusesABlankName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> encode(CaptureEvent.of(name, "zoey")))
                .withMessage("The name of an event must not be blank");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", "\t\n", "\u00a0", "\u200b\ufeff" })
    void refusesABlankDistinctId(String id) {
        for (CaptureEvent event : List.of(CaptureEvent.of("order placed", id), event().distinctId(id))) {
            assertThatIllegalArgumentException().isThrownBy(() -> encode(event))
                    .withMessageStartingWith("The distinct ID of event 'order placed' is null or blank");
        }
    }

    @Test
    void anEventWithoutADistinctIdHasARandomIdAndMakesNoPerson() {
        CaptureEvent first = encode(CaptureEvent.of("order placed"));
        CaptureEvent second = encode(CaptureEvent.of("order placed"));

        assertThat(UUID.fromString(first.distinctId())).isNotEqualTo(UUID.fromString(second.distinctId()));
        assertThat(first.properties()).containsEntry("$process_person_profile", false);
    }

    @Test
    void anEventOfNobodyMakesAPersonIfItSaysSo() {
        assertThat(encode(CaptureEvent.of("order placed").property("$process_person_profile", true)).properties())
                .containsEntry("$process_person_profile", true);
    }

    @ParameterizedTest
    @ValueSource(strings = { "$identify", "$create_alias", "$set" })
    void whatIsAboutAPersonNeedsItsId(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> encode(CaptureEvent.of(name, " ").property("alias", "b")))
                .withMessage("Event '" + name + "' needs the distinct ID of a person");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " " })
    void refusesABlankAlias(String alias) {
        assertThatIllegalArgumentException().isThrownBy(() -> encode(CaptureEvent.alias("before", alias)))
                .withMessage("The alias of 'before' must not be blank");
    }

    @Test
    void refusesAGroupWithoutTypeOrKey() {
        assertThatIllegalArgumentException().isThrownBy(() -> encode(CaptureEvent.groupIdentify(" ", "acme", Map.of())))
                .withMessage("A group needs a type and a key, but type and key are ' ' and 'acme'");
        assertThatIllegalArgumentException().isThrownBy(() -> encode(CaptureEvent.groupIdentify("company", null, Map.of())))
                .withMessage("A group needs a type and a key, but type and key are 'company' and 'null'");
    }

    @Test
    void aGroupWithoutAPersonHasAnIdOfItsOwn() {
        assertThat(encode(CaptureEvent.groupIdentify("company", "acme", Map.of())).distinctId()).isEqualTo("$company_acme");
        assertThat(encode(CaptureEvent.groupIdentify("company", "acme", Map.of()).distinctId(null)).distinctId())
                .isEqualTo("$company_acme");
    }

    @Test
    void aTimeThatTheCallerSetIsNotToBeCorrected() {
        assertThat(encode(event()).properties()).doesNotContainKey("$ignore_sent_at");
        assertThat(encode(event().timestamp(Instant.EPOCH)).properties()).containsEntry("$ignore_sent_at", true);
        assertThat(encode(event().timestamp(Instant.EPOCH).property("$ignore_sent_at", false)).properties())
                .containsEntry("$ignore_sent_at", false);
    }

    @Test
    void aServerIsNotWhereThePersonIs() {
        assertThat(encode(event()).properties()).containsEntry("$geoip_disable", true);
        assertThat(encode(event().geoip(true)).properties()).containsEntry("$geoip_disable", false);
        assertThat(new EventEnricher(TestAccounts::mapper, "1.2.3", true).enrich(event(), RequestData.NONE).properties())
                .doesNotContainKey("$geoip_disable");
    }

    @Test
    void writesTimestampsInUtcAndInFull() {
        assertThat(encode(event().timestamp(Instant.parse("2026-11-20T10:00:00.123456789Z"))).timestamp())
                .hasToString("2026-11-20T10:00:00.123456789Z");
        assertThat(encode(event().timestamp(OffsetDateTime.parse("2026-11-20T10:00:00.5+05:30"))).timestamp())
                .hasToString("2026-11-20T04:30:00.500Z");
        assertThat(encode(event().timestamp(ZonedDateTime.parse("2026-11-20T10:00:00+01:00[Europe/Vienna]"))).timestamp())
                .hasToString("2026-11-20T09:00:00Z");
    }

    @Test
    void takesTheMomentAndANewUuidWhereThereAreNone() {
        Instant before = Instant.now();
        CaptureEvent encoded = encode(event());

        assertThat(encoded.timestamp()).isBetween(before, Instant.now());
        assertThat(encoded.uuid().version()).isEqualTo(7);
    }

    @Test
    void keepsTheUuid() {
        UUID uuid = UUID.randomUUID();

        assertThat(encode(event().uuid(uuid)).uuid()).isEqualTo(uuid);
    }

    @Test
    void saysWhichLibrarySendsIt() {
        assertThat(encode(event().property("$lib", "mine")).properties())
                .isEqualTo(Map.of("$lib", "quarkus-posthog", "$lib_version", "1.2.3", "$is_server", true,
                        "$geoip_disable", true));
    }

    @Test
    void copiesDeeply() {
        List<Object> items = new ArrayList<>(List.of("first"));
        Map<String, Object> order = new HashMap<>(Map.of("items", items));
        CaptureEvent encoded = encode(event().property("order", order));

        items.add("second");
        order.put("late", true);

        assertThat(encoded.properties()).containsEntry("order", Map.of("items", List.of("first")));
    }

    @Test
    void writesWhateverJacksonCanWrite() throws JsonProcessingException {
        record Amount(BigDecimal value, String currency) {
        }
        CaptureEvent encoded = encode(event().property("amount", new Amount(new BigDecimal("49.90"), "EUR"))
                .property("huge", new BigInteger("123456789012345678901234567890"))
                .property("day", LocalDate.of(2026, 11, 20))
                .property("moment", Instant.parse("2026-11-20T10:00:00Z"))
                .property("nothing", null));

        assertThat(TestAccounts.mapper().writeValueAsString(encoded))
                .contains("\"amount\":{\"value\":49.90,\"currency\":\"EUR\"}", "\"huge\":123456789012345678901234567890",
                        "\"day\":\"2026-11-20\"", "\"moment\":\"2026-11-20T10:00:00Z\"", "\"nothing\":null",
                        "\"distinctId\":\"zoey\"");
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
        return CaptureEvent.of("order placed", "zoey");
    }

    private CaptureEvent encode(CaptureEvent event) {
        return enricher.enrich(event, RequestData.NONE);
    }
}
