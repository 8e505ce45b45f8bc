package org.acme.shop;

import static org.acme.shop.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogNotFoundException;
import io.quarkiverse.posthog.PropertyFilter;
import io.quarkiverse.posthog.PropertyOperator;
import io.quarkiverse.posthog.cohorts.Cohort;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.cohorts.CohortType;
import io.quarkiverse.posthog.dashboards.Dashboard;
import io.quarkiverse.posthog.dashboards.DashboardQuery;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkiverse.posthog.insights.Insight;
import io.quarkiverse.posthog.insights.InsightQuery;
import io.quarkiverse.posthog.insights.InsightType;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryRefresh;
import io.quarkiverse.posthog.query.QueryResult;
import io.quarkiverse.posthog.query.QueryRow;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;

/** Verifies capturing and reading with the injected API. For feature flags, see {@link FeatureFlagsTest}. */
@QuarkusTest
class FunctionsTest extends EmulatedAccounts {

    @Inject
    PostHog posthog;

    @Inject
    @PostHogAccount("marketing")
    PostHog newsletter;

    @Test
    void aCapturedEventIsReadBack() {
        Instant when = Instant.parse("2026-03-01T12:34:56.789Z");

        UUID uuid = await(
                posthog.captureImmediate(CaptureEvent.of("order placed", "zoe").property("amount", new BigDecimal("49.99"))
                        .property("items", List.of("Lamp", "Mug")).timestamp(when)));

        Event event = await(posthog.events().get(uuid));
        assertThat(event.event()).isEqualTo("order placed");
        assertThat(event.distinctId()).isEqualTo("zoe");
        assertThat(event.timestamp()).isEqualTo(when);
        assertThat(event.properties()).containsEntry("amount", new BigDecimal("49.99"))
                .containsEntry("items", List.of("Lamp", "Mug"));
    }

    @Test
    void duplicateEventIsStoredOnce() {
        CaptureEvent event = CaptureEvent.of("only once", "zoe").uuid(UUID.randomUUID()).timestamp(Instant.now());

        await(posthog.captureImmediate(event));
        await(posthog.captureImmediate(event));

        assertThat(await(posthog.events().list(EventQuery.create().event("only once")))).hasSize(1);
    }

    @Test
    void eventsAreFilteredByTheirData() {
        Instant start = Instant.now().minus(Duration.ofDays(15));
        EventQuery orders = EventQuery.create().event("order placed").distinctId("ada").after(start);

        List<Event> expensive = await(posthog.events()
                .list(orders.property(PropertyFilter.event("amount", PropertyOperator.GT, 40))));

        assertThat(expensive).isNotEmpty().allSatisfy(
                event -> assertThat(new BigDecimal(event.properties().get("amount").toString()))
                        .isGreaterThan(new BigDecimal(40)));
        assertThat(expensive).hasSizeLessThan(await(posthog.events().list(orders)).size());
    }

    @Test
    void aPageOfEventsIsOneRequest() {
        Page<Event> page = await(posthog.events().page(EventQuery.create().limit(3)));

        assertThat(page.items()).hasSize(3);
        assertThat(page.hasNext()).isTrue();
        assertThat(emulator.requests()).hasSize(1);
    }

    @Test
    void missingEvent() {
        assertThatThrownBy(() -> await(posthog.events().get(UUID.randomUUID())))
                .isInstanceOf(PostHogNotFoundException.class);
    }

    @Test
    void personsAreFetchedOnDemand() {
        AssertSubscriber<Person> subscriber = posthog.persons().list(PersonQuery.create().pageSize(5))
                .subscribe().withSubscriber(AssertSubscriber.create(0));
        assertThat(emulator.requests()).isEmpty();

        subscriber.request(5).awaitItems(5);
        assertThat(emulator.requests()).hasSize(1);

        subscriber.request(1).awaitItems(6);
        assertThat(emulator.requests()).hasSize(2);

        subscriber.request(Long.MAX_VALUE).awaitCompletion();
        assertThat(subscriber.getItems()).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void canceledStreamSendsNoMoreRequests() {
        List<Person> three = await(posthog.persons().list(PersonQuery.create().pageSize(5)).select().first(3));

        assertThat(three).hasSize(3);
        assertThat(emulator.requests()).hasSize(1);
    }

    @Test
    void personByUuidAndByNumericId() {
        Person ada = await(posthog.persons().list(PersonQuery.create().email("ada@example.com")).toUni());

        Person byUuid = await(posthog.persons().get(ada.uuid()));
        assertThat(byUuid.distinctIds()).contains("ada");
        assertThat(await(posthog.persons().get(byUuid.numericId())).uuid()).isEqualTo(ada.uuid());
    }

    @Test
    void personsByProperty() {
        assertThat(await(posthog.persons().list(PersonQuery.create().property(PropertyFilter.person("plan", "vip")))))
                .extracting(person -> person.properties().get("plan")).containsOnly("vip");
    }

    @Test
    void insightsByType() {
        assertThat(await(posthog.insights().list(InsightQuery.create().type(InsightType.FUNNELS))))
                .extracting(Insight::name).containsExactly("From visit to order");
        assertThat(await(posthog.insights().list())).hasSize(5);
    }

    @Test
    void insightIsComputedOnRequest() {
        Insight cached = await(posthog.insights().get("demoSql1"));
        assertThat(cached.result()).isNull();

        Insight fresh = await(posthog.insights().get(cached.id(), QueryRefresh.BLOCKING));

        assertThat(fresh.shortId()).isEqualTo("demoSql1");
        assertThat(fresh.result()).isNotEmpty();
    }

    @Test
    void aDashboardHasItsTiles() {
        Dashboard listed = await(posthog.dashboards().list(DashboardQuery.create().search("overview")).toUni());
        assertThat(listed.tiles()).isEmpty();

        Dashboard dashboard = await(posthog.dashboards().get(listed.id()));

        assertThat(dashboard.tiles()).hasSize(3);
        assertThat(dashboard.tiles().get(0).insight().result()).isNotNull();
        assertThat(dashboard.tiles().get(2).text().body()).contains("Orders");
    }

    @Test
    void aCohortHasPersons() {
        Cohort testers = await(posthog.cohorts().list(CohortQuery.create().type(CohortType.STATIC)).toUni());
        assertThat(await(posthog.cohorts().get(testers.id())).isStatic()).isTrue();

        assertThat(await(posthog.cohorts().persons(testers.id())))
                .extracting(person -> person.properties().get("name")).containsExactlyInAnyOrder("Ada", "Finn", "Leo");
    }

    @Test
    void queryBindsValuesSafely() {
        String injection = "' or 1 = 1 --";
        HogQLQuery query = HogQLQuery.of("select count() as n from events where event = {event}");

        assertThat(count(query.value("event", injection))).isZero();
        assertThat(count(query.value("event", "order placed"))).isPositive();
    }

    @Test
    void queryWithoutLimitIsTruncatedAndReportsIt() {
        QueryResult result = await(posthog.query("select event from events"));

        assertThat(result.rows()).hasSize(100);
        assertThat(result.hasMore()).isTrue();
        assertThat(result.columns().get(0).name()).isEqualTo("event");
    }

    @Test
    void waitsForBackgroundQuery() {
        assertThat(count(HogQLQuery.of("select count() as n from events").refresh(QueryRefresh.FORCE_ASYNC))).isPositive();
    }

    @Test
    void streamsRowsOfAQuery() {
        List<QueryRow> rows = await(posthog.queryRows(
                HogQLQuery.of("select event, count() as n from events group by event order by n desc limit 3")));

        assertThat(rows).hasSize(3).isSortedAccordingTo((a, b) -> Long.compare(b.getLong("n"), a.getLong("n")));
    }

    @Test
    void accountsAreIsolated() {
        await(posthog.captureImmediate(CaptureEvent.of("for the shop", "zoe")));
        await(newsletter.captureImmediate(CaptureEvent.of("for the newsletter", "zoe")));

        assertThat(names(posthog)).contains("for the shop").doesNotContain("for the newsletter");
        assertThat(names(newsletter)).contains("for the newsletter").doesNotContain("for the shop");
    }

    private static List<String> names(PostHog account) {
        return await(account.events().list().map(Event::event));
    }

    private long count(HogQLQuery query) {
        return await(posthog.query(query)).rows().get(0).getLong("n");
    }
}
