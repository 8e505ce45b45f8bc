package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flags, insights, dashboards and cohorts, which the demo shop brings along. */
class EmulatorDemoShopTest extends EmulatorTestBase {

    @BeforeEach
    void seed() {
        client.control("POST", "/seed", null);
    }

    @Test
    void shopHasPersonsEventsAndDocuments() {
        var counts = client.control("GET", "", null).json().get("counts");
        assertThat(counts.get("persons").intValue()).isEqualTo(12);
        assertThat(counts.get("events").intValue()).isBetween(200, 999);
        assertThat(counts.get("insights").intValue()).isEqualTo(5);
        assertThat(counts.get("dashboards").intValue()).isEqualTo(2);
        assertThat(counts.get("cohorts").intValue()).isEqualTo(3);
        assertThat(counts.get("featureFlags").intValue()).isEqualTo(6);
    }

    @Test
    void flagsTellCustomersApart() {
        FlagsClient flags = new FlagsClient(client);
        Map<String, Set<Object>> values = new TreeMap<>();
        client.get("/persons/").results().forEach(person -> flags.flags(person.at("/distinct_ids/0").textValue(), "")
                .properties().forEach(flag -> values.computeIfAbsent(flag.getKey(), key -> new HashSet<>())
                        .add(FlagsClient.value(flag.getValue()))));

        assertThat(values).containsOnlyKeys("express-checkout", "free-shipping", "hero-banner", "new-checkout",
                "vip-discount");
        assertThat(values.remove("hero-banner")).containsExactlyInAnyOrder("control", "summer");
        assertThat(values.values()).allSatisfy(each -> assertThat(each).containsExactlyInAnyOrder(true, false));
    }

    @Test
    void shopHasEventsInTheDefaultWindow() {
        assertThat(client.get("/events/").results()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "insight=TRENDS,2", "insight=FUNNELS,1", "insight=SQL,1", "insight=PATHS,0", "search=revenue,1",
            "saved=true,5", "favorited,1", "short_id=demoSql1,1", "created_by=[1],5", "created_by=[2],0", "basic=true,5",
            "date_from=-1h,0", "date_from=-15d,5" })
    void insightsAreFiltered(String query, int found) {
        String encoded = query.replace("[", "%5B").replace("]", "%5D");
        assertThat(client.get("/insights/?" + encoded).results()).hasSize(found);
    }

    @Test
    void insightIsFoundByIdAndByShortId() {
        var insight = client.get("/insights/demoOrd1/").json();
        assertThat(client.get("/insights/" + insight.get("id") + "/").json()).isEqualTo(insight);
    }

    @Test
    void cachedResultIsGivenByDefault() {
        var cached = client.get("/insights/demoOrd1/").json();
        assertThat(cached.get("is_cached").booleanValue()).isTrue();
        assertThat(cached.at("/result/0/data")).hasSize(8);
        assertThat(client.get("/insights/demoSql1/").json().get("result").isNull()).isTrue();
    }

    @Test
    void blockingRefreshComputesWhatIsNotCached() {
        var insight = client.get("/insights/demoSql1/?refresh=blocking").json();
        assertThat(insight.get("result")).isNotEmpty();
        assertThat(insight.at("/columns/1").textValue()).isEqualTo("revenue");
        assertThat(insight.get("is_cached").booleanValue()).isFalse();
        assertThat(client.get("/insights/demoSql1/").json().get("is_cached").booleanValue()).isTrue();
    }

    @Test
    void trendsCountTheStoredEvents() {
        long before = client.get("/insights/demoOrd1/?refresh=force_blocking").json().at("/result/0/count").longValue();
        addEvent(1, "order placed", "ada", minutesAgo(0), "{}");
        assertThat(client.get("/insights/demoOrd1/").json().at("/result/0/count").longValue()).isEqualTo(before);
        assertThat(client.get("/insights/demoOrd1/?refresh=force_blocking").json().at("/result/0/count").longValue())
                .isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "demoFun1", "demoRet1", "demoTre2" })
    void seededKindsCanBeComputed(String shortId) {
        assertThat(client.get("/insights/" + shortId + "/?refresh=force_blocking").json().get("result")).isNotEmpty();
    }

    @Test
    void asyncRefreshGivesAStatusToPoll() {
        var insight = client.get("/insights/demoSql1/?refresh=async").json();
        String id = insight.at("/query_status/id").textValue();
        client.get("/query/" + id + "/");
        assertThat(client.get("/query/" + id + "/").status()).isEqualTo(200);
        assertThat(client.get("/insights/demoSql1/").json().get("result")).isNotEmpty();
    }

    @Test
    void asyncRefreshFinishesWithoutPolling() {
        client.get("/insights/demoSql1/?refresh=async");
        Awaitility.await().untilAsserted(
                () -> assertThat(client.get("/insights/demoSql1/").json().get("result").isNull()).isFalse());
    }

    @Test
    void deletedInsightIsGoneUntilItIsRestored() {
        assertThat(client.patch("/insights/demoOrd1/", "{\"deleted\": true}").status()).isEqualTo(200);
        assertThat(client.get("/insights/demoOrd1/").status()).isEqualTo(404);
        assertThat(client.patch("/insights/demoOrd1/", "{\"name\": \"x\"}").status()).isEqualTo(404);
        assertThat(client.patch("/insights/demoOrd1/", "{\"deleted\": false}").status()).isEqualTo(200);
        assertThat(client.get("/insights/demoOrd1/").status()).isEqualTo(200);
    }

    @Test
    void pinnedDashboardComesFirst() {
        assertThat(client.get("/dashboards/").each("name")).containsExactly("Shop overview", "Customers");
        assertThat(client.get("/dashboards/?search=custom").each("name")).containsExactly("Customers");
    }

    @Test
    void dashboardHasInsightAndTextTiles() {
        var tiles = client.get("/dashboards/1/").json().get("tiles");
        assertThat(tiles.valueStream().filter(tile -> tile.get("insight").isObject())).hasSize(2);
        assertThat(tiles.valueStream().filter(tile -> tile.get("text").isObject())).hasSize(1);
    }

    @Test
    void deletedDashboardMayTakeItsInsightsAlong() {
        client.patch("/dashboards/1/", "{\"deleted\": true, \"delete_insights\": true}");
        assertThat(client.get("/dashboards/1/").status()).isEqualTo(404);
        assertThat(client.get("/insights/demoOrd1/").status()).isEqualTo(404);
        assertThat(client.get("/insights/demoRet1/").status()).isEqualTo(200);
    }

    @Test
    void wrongTypesInAPatchAreRefused() {
        var answer = client.patch("/dashboards/1/", "{\"deleted\": \"yes\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("attr")).isEqualTo("deleted");
    }

    @ParameterizedTest
    @CsvSource({ "type=static,1", "type=dynamic,2", "search=german,1", "basic=true,3", "hide_behavioral_cohorts=true,3" })
    void cohortsAreFiltered(String query, int found) {
        assertThat(client.get("/cohorts/?" + query).results()).hasSize(found);
    }

    @Test
    void longSearchForCohortsIsRefused() {
        assertThat(client.get("/cohorts/?search=" + "a".repeat(201)).status()).isEqualTo(400);
    }

    @Test
    void dynamicCohortHoldsWhoMatches() {
        var members = client.get("/cohorts/2/persons/");
        assertThat(members.results().valueStream().map(p -> p.at("/properties/country").textValue())).isNotEmpty()
                .containsOnly("DE");
        int count = client.get("/cohorts/2/").json().get("count").intValue();
        assertThat(members.results()).hasSize(count);
        client.capture("/capture/",
                """
                        {"api_key": "phc_emulator", "event": "moved", "distinct_id": "new", "properties": {"$set": {"country": "DE"}}}""");
        assertThat(client.get("/cohorts/2/persons/").results()).hasSize(count + 1);
    }

    @Test
    void staticCohortHoldsWhoWasPutIn() {
        assertThat(client.get("/cohorts/3/persons/?limit=2").results()).hasSize(2);
        assertThat(client.get("/cohorts/3/persons/?search=finn").each("name")).containsExactly("finn@example.com");
    }

    @Test
    void deletedCohortIsNotListed() {
        client.patch("/cohorts/3/", "{\"deleted\": true}");
        assertThat(client.get("/cohorts/").results()).hasSize(2);
    }
}
