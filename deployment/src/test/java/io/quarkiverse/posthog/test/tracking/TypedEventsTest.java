package io.quarkiverse.posthog.test.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkiverse.posthog.test.capture.CaptureRequests;
import io.quarkus.test.QuarkusUnitTest;

/** The events of a tracking plan are sent as the plan declares them. */
class TypedEventsTest {

    private static final Instant TIME = Instant.parse("2026-03-01T10:15:30.123456Z");
    private static final UUID ID = UUID.fromString("018f3b5e-0000-7000-8000-000000000001");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = CaptureRequests.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, CaptureRequests.class, ShopEvents.class))
            .overrideConfigKey("quarkus.posthog.\"work\".host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.\"work\".project-api-key", "phc_work");

    @Inject
    ShopEvents events;

    @Inject
    @PostHogAccount("work")
    ShopEvents workEvents;

    @Any
    @Inject
    Instance<ShopEvents> lookup;

    @Inject
    PostHog postHog;

    @Inject
    @PostHogAccount("work")
    PostHog work;

    private CaptureRequests requests;

    @BeforeEach
    void answer() {
        requests = new CaptureRequests().answering();
    }

    @Test
    @Tag("PLAN-1")
    void anEventHasThePersonThePropertiesTheGroupAndTheTime() {
        events.orderPlaced("customer-1", new BigDecimal("49.90"), Optional.of("SPRING"), "acme", TIME);

        JsonNode event = sent(postHog);
        assertThat(event.path("event").asText()).isEqualTo("order placed");
        assertThat(event.path("distinct_id").asText()).isEqualTo("customer-1");
        assertThat(Instant.parse(event.path("timestamp").asText())).isEqualTo(TIME);
        assertThat(event.at("/properties/amount").decimalValue()).isEqualByComparingTo("49.90");
        assertThat(event.at("/properties/coupon").asText()).isEqualTo("SPRING");
        assertThat(event.at("/properties/$groups/company").asText()).isEqualTo("acme");
        assertThat(event.path("properties").has("customer")).isFalse();
    }

    @Test
    @Tag("PLAN-1")
    void valuesHaveTheirJsonTypes() throws Exception {
        events.valuesSent("customer-1", true, 'x', 1L << 40, 0.5, 7, DayOfWeek.FRIDAY, ID, TIME, List.of("a", "b"),
                Map.of("s", 1), Optional.of("red"));

        JsonNode properties = sent(postHog).path("properties");
        JsonNode expected = new ObjectMapper().readTree("""
                {"flag": true, "letter": "x", "count": 1099511627776, "ratio": 0.5, "boxed": 7, "day": "FRIDAY",
                 "id": "018f3b5e-0000-7000-8000-000000000001", "time": "2026-03-01T10:15:30.123456Z", "tags": ["a", "b"],
                 "sizes": {"s": 1}, "$groups": {"team": "red"}}""");
        expected.fieldNames().forEachRemaining(
                name -> assertThat(properties.path(name)).as(name).isEqualTo(expected.path(name)));
    }

    @Test
    @Tag("PLAN-1")
    void listsArraysAndRecordsAreJson() throws Exception {
        events.cartShown(new ShopEvents.Item("socks", 2, new ShopEvents.Price(new BigDecimal("4.5"), DayOfWeek.FRIDAY),
                List.of(TIME)));

        String item = """
                {"product": "socks", "quantity": 2, "price": {"amount": 4.5, "until": "FRIDAY"},
                 "offered": ["2026-03-01T10:15:30.123456Z"]}""";
        JsonNode properties = sent(postHog).path("properties");
        JsonNode expected = new ObjectMapper().readTree("""
                {"items": [%1$s], "gifts": [%1$s], "days": ["MONDAY"], "byCode": {"a": %1$s}, "ratings": [1, 2],
                 "last": %1$s, "coupons": ["SPRING", "VIP"]}""".formatted(item));
        expected.fieldNames().forEachRemaining(
                name -> assertThat(properties.path(name)).as(name).isEqualTo(expected.path(name)));
    }

    @Test
    @Tag("PLAN-1")
    void theReturnTypeDeterminesHowTheEventIsSent() {
        Optional<UUID> queued = events.productViewed("socks");
        assertThat(sent(postHog).path("uuid").asText()).isEqualTo(queued.orElseThrow().toString());

        var lazy = events.accountDeleted("customer-1");
        assertThat(requests.all()).hasSize(1);
        UUID acknowledged = lazy.await().atMost(Duration.ofSeconds(10));
        assertThat(requests.all()).hasSize(2);
        assertThat(requests.events().get(1).path("uuid").asText()).isEqualTo(acknowledged.toString());
    }

    @Test
    @Tag("PLAN-2")
    void anEventWithoutAPersonIsAboutThePersonOfTheRequest() {
        events.productViewed("socks");

        // No request is active, so that the event is personless
        assertThat(sent(postHog).at("/properties/$process_person_profile").asBoolean(true)).isFalse();
    }

    @Test
    @Tag("PLAN-2")
    void nullAndEmptyValuesAreOmitted() {
        events.orderPlaced("customer-1", null, Optional.empty(), "acme", null);
        events.orderPlaced("customer-1", null, null, "acme", null);
        events.valuesSent("customer-1", true, 'x', 1, 1, null, null, null, null, null, null, Optional.empty());

        sent(postHog);
        assertThat(requests.events()).hasSize(3).allSatisfy(event -> {
            assertThat(event.path("properties").properties()).extracting(Map.Entry::getKey)
                    .doesNotContain("amount", "coupon", "boxed", "day", "id", "time", "tags", "sizes");
            assertThat(event.hasNonNull("timestamp")).isTrue();
        });
        assertThat(requests.events().get(2).path("properties").has("$groups")).isFalse();
    }

    @Test
    @Tag("PLAN-2")
    void anEventWithoutItsPersonOrGroupIsInvalid() {
        long before = invalid();

        events.orderPlaced(null, BigDecimal.ONE, Optional.empty(), "acme", null);
        events.orderPlaced("customer-1", BigDecimal.ONE, Optional.empty(), null, null);
        events.valuesSent("customer-1", true, 'x', 1, 1, 1, null, null, null, null, null, null);

        postHog.flush().await().atMost(Duration.ofSeconds(10));
        assertThat(requests.all()).isEmpty();
        assertThat(invalid() - before).isEqualTo(3);
    }

    @Test
    @Tag("PLAN-6")
    void aPlanIsInjectedPerAccount() {
        workEvents.productViewed("desk");
        sent(work);
        lookup.select(PostHogAccount.Literal.of("work")).get().productViewed("lamp");
        sent(work);
        events.productViewed("socks");
        sent(postHog);

        assertThat(requests.all()).extracting(request -> CaptureRequests.body(request).path("api_key").asText())
                .containsExactly("phc_work", "phc_work", PostHogStub.PROJECT_KEY);
    }

    private long invalid() {
        return postHog.captureStatus().dropped().getOrDefault(DropReason.INVALID, 0L);
    }

    private JsonNode sent(PostHog account) {
        account.flush().await().atMost(Duration.ofSeconds(10));
        List<JsonNode> events = requests.events();
        return events.get(events.size() - 1);
    }
}
