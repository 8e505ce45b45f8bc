package org.acme.checkout;

import static org.acme.checkout.Shop.buy;
import static org.acme.checkout.Shop.signUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkiverse.posthog.testing.CapturedEvent;
import io.quarkiverse.posthog.testing.EmulatedPerson;
import io.quarkiverse.posthog.testing.Endpoint;
import io.quarkiverse.posthog.testing.EventAssert;
import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkus.test.junit.QuarkusTest;

/** Verifies assertions on captured events. */
@QuarkusTest
class CapturedEventsTest {

    private static final Path SAMPLE = Path.of("../../docs/modules/ROOT/examples/testing/failure.txt");

    @Inject
    PostHogTestKit posthog;

    @Inject
    @PostHogAccount("marketing")
    PostHogTestKit marketing;

    @Inject
    PostHog application;

    @Inject
    @PostHogAccount("marketing")
    PostHog newsletter;

    @Test
    void capturedEventIsAvailableImmediately() {
        buy("ada");

        CapturedEvent purchase = posthog.assertThatEvents().named("purchase").singleElement();

        assertThat(purchase.distinctId()).isEqualTo("ada");
        assertThat(purchase.property("amount")).isEqualTo(new BigDecimal("49.99"));
        assertThat(purchase.set()).containsExactly(entry("customer", true));
        assertThat(purchase.groups()).containsExactly(entry("company", "acme"));
        assertThat(purchase.timestamp()).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(purchase.endpoint()).isEqualTo("/batch");
    }

    @RepeatedTest(3)
    void eachTestStartsWithoutEvents() {
        assertThat(posthog.events()).isEmpty();
        posthog.assertNothingCaptured();

        buy("ada");

        posthog.assertThatEvents().named("purchase").hasSize(1);
        posthog.assertThatExposures().withDistinctId("ada").forFlag("new-checkout").hasSize(1);
    }

    @Test
    void eventsAreInCaptureOrder() {
        application.capture(CaptureEvent.of("first", "ada"));
        application.capture(CaptureEvent.of("second", "ada").timestamp(Instant.EPOCH));
        application.captureImmediate(CaptureEvent.of("third", "bob")).await().indefinitely();
        posthog.flush();
        application.capture(CaptureEvent.of("fourth", "ada"));

        posthog.assertThatEvents().withDistinctId("ada").hasNames("first", "second", "fourth");
        posthog.assertThatEvents().isNotEmpty().allSatisfy(event -> assertThat(event.event()).isNotBlank());
    }

    @Test
    void assertionWaitsForLaterEvents() {
        signUp("ada@example.com");

        marketing.assertThatEvents().eventually().named("newsletter sign-up").withDistinctId("ada@example.com").hasSize(1);
    }

    @Test
    void anyAssertionCanWait() {
        signUp("ada@example.com");

        marketing.eventually(() -> assertThat(marketing.events()).hasSize(1));
    }

    @Test
    void failureAfterWaitingIsReported() {
        EventAssert signUps = marketing.assertThatEvents().within(Duration.ofMillis(100)).named("sign-up");

        assertThatThrownBy(() -> signUps.hasSize(1)).isInstanceOf(AssertionError.class).hasMessage("""
                PostHog account 'marketing': expected 1 event named 'sign-up', but there were none after 100 ms.
                No events have arrived.""");
        assertThatThrownBy(() -> marketing.eventually(Duration.ofMillis(100), () -> assertThat(1).isEqualTo(2)))
                .isInstanceOf(AssertionError.class).hasMessageContaining("expected: 2");
    }

    /** The sample of the documentation. */
    @Test
    void failureListsActualEvents() throws IOException {
        posthog.flags().set("new-checkout", false);
        buy("user-123");

        EventAssert purchases = posthog.assertThatEvents().named("purchase").withDistinctId("user-123")
                .withProperty("amount", 44.99);
        assertThatThrownBy(() -> purchases.hasSize(1)).hasMessage(Files.readString(SAMPLE).stripTrailing());
    }

    @Test
    void accountsAreIsolated() {
        buy("ada");

        marketing.assertNothingCaptured();
        posthog.clear();
        posthog.assertNothingCaptured();
        assertThat(posthog.host()).isNotEqualTo(marketing.host());
        assertThat(List.of(posthog.account(), marketing.account())).containsExactly("default", "marketing");
    }

    @Test
    void accountsCanBeUsedConcurrently() {
        CompletableFuture<?> theirs = CompletableFuture.runAsync(() -> useAgainAndAgain(marketing, newsletter));

        useAgainAndAgain(posthog, application);

        assertThat(theirs).succeedsWithin(Duration.ofSeconds(30));
    }

    private static void useAgainAndAgain(PostHogTestKit kit, PostHog posthog) {
        for (int i = 0; i < 10; i++) {
            kit.faults().fail(Endpoint.CAPTURE, 503, 1);
            kit.flags().set("flag-of-" + kit.account(), i % 2 == 0);
            posthog.capture(CaptureEvent.of("event of " + kit.account(), "ada").property("number", i));

            kit.assertThatEvents().named("event of " + kit.account()).withProperty("number", i).hasSize(1);
            kit.assertThatEvents().hasSize(1);
            assertThat(kit.flags().values()).isEqualTo(Map.of("flag-of-" + kit.account(), i % 2 == 0));
            assertThat(kit.requests(Endpoint.CAPTURE)).hasSize(2);
            kit.clear();
        }
    }

    @Test
    void clearAlsoRemovesExposures() {
        buy("ada");
        posthog.clear();

        buy("ada");

        posthog.assertThatExposures().forFlag("new-checkout").hasSize(1);
    }

    @Test
    void personsAndGroupsAreAvailable() {
        application.identify("eve", Map.of("plan", "pro"));
        application.groupIdentify("company", "initech", Map.of("employees", 42));

        EmulatedPerson eve = posthog.person("eve").orElseThrow();

        assertThat(eve.property("plan")).isEqualTo("pro");
        assertThat(eve.identified()).isTrue();
        assertThat(eve.distinctIds()).containsExactly("eve");
        assertThat(posthog.persons()).contains(eve);
        assertThat(posthog.group("company", "initech")).contains(Map.of("employees", 42));
        assertThat(posthog.group("company", "other")).isEmpty();
        assertThat(posthog.person("nobody")).isEmpty();
    }

    @Test
    void capturedDataIsUnmodifiable() {
        application.capture(CaptureEvent.of("seen", "eve").set(Map.of("plan", "pro")).group("company", "acme"));
        CapturedEvent seen = posthog.events().get(0);

        assertThat(seen.properties()).isUnmodifiable();
        assertThat(seen.set()).isUnmodifiable();
        assertThat(seen.groups()).isUnmodifiable();
        assertThat(posthog.person("eve").orElseThrow().properties()).isUnmodifiable();
        assertThat(posthog.requests(Endpoint.CAPTURE).get(0).headers()).isUnmodifiable();
    }

    @Test
    void storedEventsAreReadButNotCaptured() {
        Instant earlier = Instant.now().minusSeconds(60);
        posthog.storeEvents(CaptureEvent.of("imported", "ada").property("row", 1).timestamp(earlier));
        posthog.storePerson("ada@import", Map.of("plan", "free"));

        List<Event> events = application.events().list(EventQuery.create().event("imported")).collect().asList()
                .await().indefinitely();

        assertThat(events).singleElement().satisfies(event -> assertThat(event.properties()).containsEntry("row", 1));
        assertThat(posthog.person("ada@import").orElseThrow().property("plan")).isEqualTo("free");
        posthog.assertNothingCaptured();
    }

    @Test
    void resetRestoresTheInitialState() {
        posthog.storePerson("somebody", Map.of());
        posthog.flags().set("new-checkout", true);
        buy("ada");

        posthog.reset();

        posthog.assertNothingCaptured();
        assertThat(posthog.person("somebody")).isEmpty();
        assertThat(posthog.persons()).as("the customers of the demo shop").hasSize(12);
        assertThat(posthog.flags().values()).isEmpty();
    }

    @Test
    void requestsAreRecorded() {
        buy("ada");
        posthog.flush();

        assertThat(posthog.requests(Endpoint.FLAGS)).singleElement().satisfies(request -> {
            assertThat(request.body()).contains("ada");
            assertThat(request.query()).contains("v=2");
            assertThat(request.status()).contains(200);
            assertThat(request.header("User-Agent").orElseThrow()).startsWith("quarkus-posthog");
        });
        assertThat(posthog.requests(Endpoint.CAPTURE)).hasSize(1);
        assertThat(posthog.requests("/batch/")).hasToString("[POST /batch/ -> 200]");
        assertThat(posthog.requests()).hasSize(2);
    }

    @Test
    void droppedEventsAreReported() {
        application.optOut();
        try {
            buy("ada");

            posthog.assertNothingCaptured();
            assertThatThrownBy(() -> posthog.assertThatEvents().named("purchase").hasSize(1)).hasMessage("""
                    PostHog account 'default': expected 1 event named 'purchase', but there were none.
                    No events have arrived.
                    Dropped: 1 OPTED_OUT (see DropReason and the log)""");
        } finally {
            application.optIn();
        }
    }

    @Test
    void eventsThatHaveNotArrivedAreReported() {
        posthog.faults().fail(Endpoint.CAPTURE, 503);

        application.capture(CaptureEvent.of("stuck", "ada"));

        assertThatThrownBy(() -> posthog.assertNothingCaptured()).hasMessageContaining("""
                PostHog account 'default': expected nothing to be captured, but 1 event was.
                Not arrived yet: 1, because PostHog account 'default', capture: PostHog responded with 503""");
    }
}
