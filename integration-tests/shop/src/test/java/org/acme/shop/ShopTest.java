package org.acme.shop;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.testing.Endpoint;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** Verifies the shop through its HTTP API, as its web page uses it. */
@QuarkusTest
class ShopTest extends EmulatedAccounts {

    private static final String LAMP = """
            {"customer": "zoe", "items": [{"product": "Lamp", "quantity": 2}, {"product": "Mug", "quantity": 1}]}""";

    @Test
    void pageIsServed() {
        get("/").then().statusCode(200).contentType(ContentType.HTML).body(containsString("shop.js"));
    }

    @Test
    void aPurchaseIsCapturedAndListed() {
        String uuid = post("/purchases", LAMP).statusCode(201)
                .body("amount", is(102.5f)).body("currency", is("EUR"))
                .extract().path("event");

        String events = get("/events?name=order placed&limit=1").asString();

        assertThat(events).contains(uuid, "\"distinct_id\":\"zoe\"", "\"amount\":102.5", "\"currency\":\"EUR\"",
                "{\"product\":\"Lamp\",\"quantity\":2}");
    }

    @Test
    void purchaseIsAlsoCapturedForMarketing() {
        post("/purchases", LAMP).statusCode(201);

        marketing.assertThatEvents().named("order placed").withDistinctId("zoe").withProperty("amount", 102.5).hasSize(1);
    }

    @Test
    void aPurchaseSucceedsWithoutMarketing() {
        marketing.faults().fail(Endpoint.ALL, 400);

        post("/purchases", LAMP).statusCode(201);

        get("/events?name=order placed&limit=1").then().statusCode(200);
        assertThat(get("/events?name=order placed&limit=1").asString()).contains("zoe");
    }

    @Test
    void emptyOrderIsRejected() {
        post("/purchases", "{\"customer\": \"zoe\", \"items\": []}").statusCode(400)
                .body("message", is("An order needs at least one item"));
    }

    @Test
    void orderWithoutCustomerIsRejectedWithoutARequest() {
        post("/purchases", "{\"customer\": \" \", \"items\": [{\"product\": \"Mug\", \"quantity\": 1}]}")
                .statusCode(400).body("message", is("An order needs a customer"));

        assertThat(emulator.requests()).isEmpty();
    }

    @Test
    void signUpsAreCapturedForMarketingOnly() {
        post("/marketing/sign-ups", "{\"email\": \"zoe@example.com\"}").statusCode(201);

        get("/marketing/events?name=newsletter sign-up").then().body("distinct_id", contains("zoe@example.com"));
        assertThat(get("/events?name=newsletter sign-up").asString()).isEmpty();
    }

    @Test
    void aFlagIsCreatedChangedDeletedAndRestored() {
        int id = post("/flags", "{\"key\": \"gift-wrap\", \"rollout\": 12.5}").statusCode(201)
                .body("active", is(true)).body("filters.groups[0].rollout_percentage", is(12.5f))
                .extract().path("id");

        patch(id, "{\"rollout\": 60}").statusCode(200).body("filters.groups[0].rollout_percentage", is(60));
        patch(id, "{\"active\": false}").statusCode(200).body("active", is(false))
                .body("filters.groups[0].rollout_percentage", is(60));

        given().delete("/flags/" + id).then().statusCode(200).body("deleted", is(true));
        get("/flags").then().body("key", not(hasItem("gift-wrap")));

        given().post("/flags/" + id + "/restore").then().statusCode(200).body("deleted", is(false));
        get("/flags").then().body("key", hasItem("gift-wrap"));
    }

    @Test
    void flagsAreEvaluatedForACustomer() {
        get("/flags/for/ada").then().statusCode(200).body("'free-shipping'", is(true)).body("'vip-discount'", is(false))
                .body("'hero-banner'", is("control")).body("$", not(hasKey("old-search")));
        get("/flags/for/emma").then().body("'vip-discount'", is(true)).body("'hero-banner'", is("summer"));
    }

    @Test
    void changedFlagTakesEffectImmediately() {
        int id = flag("new-checkout");

        patch(id, "{\"rollout\": 100}").statusCode(200);
        get("/flags/for/ada").then().body("'new-checkout'", is(true)).body("'express-checkout'", is(true));

        patch(id, "{\"active\": false}").statusCode(200);
        get("/flags/for/ada").then().body("$", not(hasKey("new-checkout"))).body("'express-checkout'", is(false));
    }

    @Test
    void outdatedVersionIsAConflict() {
        int id = flag("new-checkout");
        int version = get("/flags/" + id).path("version");
        patch(id, "{\"rollout\": 60, \"version\": " + version + "}").statusCode(200);

        patch(id, "{\"rollout\": 70, \"version\": " + version + "}").statusCode(409);

        get("/flags/" + id).then().body("filters.groups[0].rollout_percentage", is(60));
    }

    @Test
    void flagInUseIsNotDeleted() {
        int id = flag("new-checkout");

        given().delete("/flags/" + id).then().statusCode(400).body("message", containsString("express-checkout"));

        get("/flags/" + id).then().body("deleted", is(false));
    }

    @Test
    void invalidKeyIsRejected() {
        post("/flags", "{\"key\": \"gift wrap\"}").statusCode(400).body("message", containsString("'gift wrap'"));
    }

    @Test
    void missingFlagIsNotFound() {
        get("/flags/4711").then().statusCode(404).body("status", is(404))
                .body("message", containsString("featureFlags.get"));
    }

    @Test
    void personsAreListedAndFound() {
        get("/persons").then().statusCode(200).body("name", hasSize(12));
        String uuid = get("/persons?search=ada@example.com").then().body("", hasSize(1)).extract().path("[0].uuid");

        get("/persons/" + uuid).then().statusCode(200).body("properties.plan", is("free"))
                .body("distinct_ids", hasItem("ada"));
    }

    @Test
    void dashboardsContainTiles() {
        int id = get("/dashboards").then().statusCode(200)
                .body("name", contains("Shop overview", "Customers")).body("tiles", everyItem(empty()))
                .extract().path("[0].id");

        get("/dashboards/" + id).then().statusCode(200).body("tiles", hasSize(3))
                .body("tiles[0].insight.name", is("Orders per day"))
                .body("tiles[2].text.body", containsString("checkout"));
    }

    @Test
    void insightsAreListedByType() {
        get("/insights").then().statusCode(200).body("", hasSize(5));
        get("/insights?type=TRENDS").then().statusCode(200)
                .body("name", containsInAnyOrder("Orders per day", "Page views and product views"));
        get("/insights?type=SQL").then().statusCode(200).body("name", contains("Revenue by product"));
    }

    @Test
    void cohortsContainPersons() {
        int id = get("/cohorts").then().statusCode(200).extract().path("find { it.name == 'Beta testers' }.id");

        get("/cohorts/" + id + "/persons").then().statusCode(200)
                .body("properties.name", containsInAnyOrder("Ada", "Finn", "Leo"));
    }

    @Test
    void reportContainsAPurchase() {
        int before = get("/report/top-events").then().statusCode(200).extract()
                .path("find { it.event == 'order placed' }.total");
        post("/purchases", LAMP).statusCode(201);

        get("/report/top-events").then().body("find { it.event == 'order placed' }.total", is(before + 1));
        get("/report/revenue").then().statusCode(200).body("[-1].orders", not(0));
    }

    @Test
    void temporaryFailureIsRetried() {
        emulator.faults().fail("/api/projects/*/dashboards", 503, 1);

        get("/dashboards").then().statusCode(200).body("", hasSize(2));
    }

    @Test
    void permanentFailureIsReported() {
        emulator.faults().fail("/api/projects/*/dashboards", 503, 10);

        get("/dashboards").then().statusCode(502).contentType(ContentType.JSON).body("status", is(502))
                .body("message", containsString("account 'default', dashboards.list"));
        get("/marketing/events").then().statusCode(200);
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).post(path).then();
    }

    private static ValidatableResponse patch(int flag, String body) {
        return given().contentType(ContentType.JSON).body(body).patch("/flags/" + flag).then();
    }

    private static int flag(String key) {
        return get("/flags").path("find { it.key == '" + key + "' }.id");
    }
}
