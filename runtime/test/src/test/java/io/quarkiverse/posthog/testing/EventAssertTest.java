package io.quarkiverse.posthog.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.testing.runtime.CaptureProgress;

/** What assertions find, and what they say when they do not. */
class EventAssertTest {

    private final CapturedFixture captured = new CapturedFixture()
            .event("purchase", "ada", "amount", new BigDecimal("49.99"), "currency", "EUR", "$groups",
                    Map.of("company", "acme"))
            .event("purchase", "bob", "amount", 20, "at", "1970-01-01T00:00:00Z", "$set", Map.of("plan", "pro"))
            .event("$feature_flag_called", "ada", "$feature_flag", "new-checkout", "$feature_flag_response", true);

    @Test
    void eventsAreFoundByWhatTheyAre() {
        captured.assertThatEvents().hasSize(3);
        captured.assertThatEvents().named("purchase").hasSize(2);
        captured.assertThatEvents().named("purchase").withDistinctId("ada").withProperty("amount", 49.99).hasSize(1);
        captured.assertThatEvents().withProperty("amount", 20.0).withProperty("at", Instant.EPOCH).hasSize(1);
        captured.assertThatEvents().withProperties(Map.of("amount", 49.99f, "currency", "EUR")).hasSize(1);
        captured.assertThatEvents().withProperty("amount").withoutProperty("currency").withDistinctId("bob").isNotEmpty();
        captured.assertThatEvents().withGroup("company", "acme").withDistinctId("ada").hasSize(1);
        captured.assertThatEvents().withPersonProperty("plan", "pro").withDistinctId("bob").hasSize(1);
        captured.assertThatEvents().matching("are about money", event -> event.property("amount") != null).hasSize(2);
        captured.assertThatEvents().hasNames("purchase", "purchase", "$feature_flag_called");
        captured.assertThatEvents().named("refund").isEmpty();
        captured.assertThatExposures().withDistinctId("ada").forFlag("new-checkout").withValue(true).hasSize(1);
        assertThat(captured.assertThatEvents().withDistinctId("bob").singleElement().property("amount")).isEqualTo(20);
        assertThat(captured.assertThatEvents().named("refund").toList()).isEmpty();
    }

    @Test
    void whatComesClosestIsTold() {
        EventAssert purchases = captured.assertThatEvents().named("purchase").withDistinctId("ada").withProperty("amount",
                44.99);

        assertFails(() -> purchases.hasSize(1), """
                PostHog account 'work': expected 1 event named 'purchase' of 'ada' with property 'amount' = 44.99, \
                but there were none.
                Closest events:
                  purchase of 'ada' {"$groups":{"company":"acme"},"amount":49.99,"currency":"EUR"}: \
                its property 'amount' is 49.99
                All events that have arrived:
                  1. purchase of 'ada' {"$groups":{"company":"acme"},"amount":49.99,"currency":"EUR"}
                  2. purchase of 'bob' {"$set":{"plan":"pro"},"amount":20,"at":"1970-01-01T00:00:00Z"}
                  3. $feature_flag_called of 'ada' {"$feature_flag":"new-checkout","$feature_flag_response":true}
                """);
    }

    @Test
    void everythingThatAnEventMissesIsTold() {
        EventAssert purchases = captured.assertThatEvents().named("purchase").withDistinctId("bob")
                .withProperty("currency", "EUR").withGroup("company", "other").withPersonProperty("plan", "free");

        assertFails(purchases::isNotEmpty, """
                PostHog account 'work': expected events named 'purchase' of 'bob' with property 'currency' = "EUR" \
                in the company 'other' that sets 'plan' of the person to "free", but there were none.
                Closest events:
                  purchase of 'ada' {"$groups":{"company":"acme"},"amount":49.99,"currency":"EUR"}: \
                it is of 'ada', its group 'company' is "acme", it has no $set 'plan'
                  purchase of 'bob' {"$set":{"plan":"pro"},"amount":20,"at":"1970-01-01T00:00:00Z"}: \
                it has no property 'currency', it has no group 'company', its $set 'plan' is "pro"
                """);
    }

    @Test
    void tooManyAreListed() {
        assertFails(() -> captured.assertThatEvents().named("purchase").hasSize(1), """
                PostHog account 'work': expected 1 event named 'purchase', but there were 2.
                Matching events:
                  purchase of 'ada' {"$groups":{"company":"acme"},"amount":49.99,"currency":"EUR"}
                  purchase of 'bob' {"$set":{"plan":"pro"},"amount":20,"at":"1970-01-01T00:00:00Z"}
                All events that have arrived:
                  1. purchase""");
        assertFails(() -> captured.assertThatEvents().withDistinctId("bob").isEmpty(), """
                PostHog account 'work': expected no events of 'bob', but there was 1.
                Matching event:
                  purchase of 'bob'""");
        assertFails(() -> captured.assertThatEvents().isEmpty(), """
                PostHog account 'work': expected no events, but there were 3.
                All events that have arrived:
                  1. purchase""");
    }

    @Test
    void theOrderIsTold() {
        assertFails(() -> captured.assertThatEvents().withDistinctId("ada").hasNames("$feature_flag_called", "purchase"), """
                PostHog account 'work': expected events of 'ada' named, in this order, \
                [$feature_flag_called, purchase], but there were 2.
                Matching events:
                  purchase of 'ada'""");
        assertFails(() -> captured.assertThatEvents().hasNames("purchase"), "but there were 3");
    }

    @Test
    void exposuresAreTold() {
        ExposureAssert exposures = captured.assertThatExposures().forFlag("new-checkout").withValue("variant");

        assertFails(() -> exposures.hasSize(1), """
                PostHog account 'work': expected 1 event recording an exposure with flag = "new-checkout" \
                with value = "variant", but there were none.
                Closest events:
                  $feature_flag_called of 'ada' {"$feature_flag":"new-checkout","$feature_flag_response":true}: \
                its value is true""");
    }

    @Test
    void nothingAtAllIsTold() {
        CapturedFixture nothing = new CapturedFixture();
        nothing.progress = new CaptureProgress(2, 2, Map.of(DropReason.OPTED_OUT, 3L), "PostHog responded with 503");

        assertFails(() -> nothing.assertThatEvents().named("purchase").hasSize(2), """
                PostHog account 'work': expected 2 events named 'purchase', but there were none.
                No events have arrived.
                Not arrived yet: 2, because PostHog responded with 503
                Dropped: 3 OPTED_OUT (see DropReason and the log)""");
    }

    @Test
    void ofVeryMuchTheLatestIsTold() {
        for (int i = 1; i <= 100; i++) {
            captured.event("event " + i, "ada");
        }

        assertThatThrownBy(() -> captured.assertThatEvents().named("refund").hasSize(1))
                .hasMessageContaining("The latest 30 of 103 events that have arrived:\n  74. event 71 of 'ada'\n")
                .hasMessageEndingWith("103. event 100 of 'ada'");
    }

    @Test
    void theEventThatDoesNotSatisfyIsTold() {
        assertFails(
                () -> captured.assertThatEvents().withDistinctId("bob")
                        .allSatisfy(event -> assertThat(event.groups()).isNotEmpty()),
                "purchase of 'bob' {\"$set\":{\"plan\":\"pro\"},\"amount\":20,\"at\":\"1970-01-01T00:00:00Z\"}: \nExpecting");
    }

    @Test
    void oneLookIsEnoughInThisProcess() {
        assertThatThrownBy(() -> captured.assertThatEvents().named("refund").hasSize(1));

        assertThat(captured.reads).isEqualTo(1);
    }

    @Test
    void whatComesLaterIsWaitedFor() {
        captured.late = 3;
        captured.assertThatEvents().named("late").isEmpty();

        captured.assertThatEvents().eventually().named("late").hasSize(1);

        assertThat(captured.reads).isEqualTo(3);
    }

    @Test
    void anotherProcessIsWaitedFor() {
        captured.here = false;
        captured.late = 3;

        captured.assertThatEvents().named("late").hasSize(1);
        captured.assertThatEvents().named("refund").isEmpty();

        assertThat(captured.reads).isEqualTo(4);
    }

    @Test
    void nobodyWaitsForLess() {
        assertThatThrownBy(() -> captured.assertThatEvents().eventually().named("purchase").hasSize(1))
                .hasMessageContaining("but there were 2.");

        assertThat(captured.reads).isEqualTo(1);
    }

    @Test
    void waitingEnds() {
        assertThatThrownBy(() -> captured.assertThatEvents().within(Duration.ofMillis(50)).named("refund").hasSize(1))
                .hasMessageContaining("but there were none after 50 ms.");
    }

    @Test
    void eachAssertionStaysAsItIs() {
        EventAssert purchases = captured.assertThatEvents().named("purchase");
        List.of(purchases.withDistinctId("ada"), purchases.withDistinctId("bob")).forEach(narrower -> narrower.hasSize(1));

        purchases.hasSize(2).withDistinctId("ada").hasSize(1);
    }

    private static void assertFails(ThrowingCallable assertion, String beginning) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class)
                .hasMessageContaining(beginning.stripTrailing());
    }
}
