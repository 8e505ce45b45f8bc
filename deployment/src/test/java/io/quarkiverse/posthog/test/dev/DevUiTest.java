package io.quarkiverse.posthog.test.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.StreamSupport;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.test.DevUiClient;
import io.quarkiverse.posthog.test.Ports;
import io.quarkiverse.posthog.test.capture.CaptureResource;
import io.quarkiverse.posthog.tracking.EventProperty;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;

/** What the Dev UI and Dev MCP are told, and can do, of an application whose PostHog is the emulator. */
class DevUiTest {

    private static final int PORT = Ports.free();
    private static final String URL = "http://localhost:" + PORT;

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addClasses(CaptureResource.class, ViewEvents.class, Views.class)
                    .addAsResource(new StringAsset("""
                            quarkus.http.port=%d
                            quarkus.posthog.capture.flush-interval=1h
                            quarkus.posthog.flags.evaluation-contexts=checkout
                            """.formatted(PORT)), "application.properties"));

    private DevUiClient devUi;

    @TrackingPlan
    public interface ViewEvents {

        @TrackedEvent(value = "viewed", description = "A page was opened")
        void viewed(@EventProperty(description = "The path") String path);
    }

    @Singleton
    public static class Views {

        @Inject
        ViewEvents events;
    }

    @BeforeEach
    void connect() {
        devUi = new DevUiClient(PORT, "quarkus-posthog");
    }

    @AfterEach
    void disconnect() {
        devUi.close();
    }

    /** In one test: to start dev mode takes longer than all of this. */
    @Test
    void theApplicationReportsEventsFlagsAndAccounts() {
        events();
        trackingPlan();
        accounts();
        flags();
        assertThat(devUi.received()).as("everything that was told").doesNotContain("phc_", "phx_", "phs_");
    }

    private void events() {
        capture();
        JsonNode queued = only(devUi.call("eventsSince", "change", "0"));
        assertThat(queued.path("name").asText()).isEqualTo("viewed");
        assertThat(queued.path("distinctId").asText()).isEqualTo("zoey");
        assertThat(queued.path("state").asText()).isEqualTo("QUEUED");
        assertThat(queued.path("properties").path("$lib").asText()).isEqualTo("quarkus-posthog");

        assertThat(devUi.call("flush", "account", "default").path("delivered").asLong()).isEqualTo(1);
        JsonNode delivered = only(devUi.call("eventsSince", "change", queued.path("change").asText()));
        assertThat(delivered.path("state").asText()).isEqualTo("DELIVERED");
        assertThat(delivered.path("request").path("path").asText()).isEqualTo("/batch/");
        assertThat(delivered.path("request").path("status").asInt()).isEqualTo(200);

        String id = queued.path("id").asText();
        assertThat(devUi.call("curl", "id", id).asText()).startsWith("curl 'http://localhost:");
        assertThat(devUi.call("replay", "id", id).asText()).isNotEqualTo(id);
        assertThat(devUi.call("latestEvents")).extracting(event -> event.path("name").asText())
                .containsExactly("viewed", "viewed");

        JsonNode counted = only(devUi.call("eventCounts"));
        assertThat(counted.path("event").asText()).isEqualTo("viewed");
        assertThat(counted.path("delivered").asLong() + counted.path("queued").asLong()).isEqualTo(2);

        assertThat(devUi.call("optOut", "account", "default").path("optedOut").asBoolean()).isTrue();
        capture();
        assertThat(devUi.call("latestEvents").path(2).path("reason").asText()).isEqualTo("OPTED_OUT");
        assertThat(devUi.call("optIn", "account", "default").path("optedOut").asBoolean()).isFalse();

        assertThat(devUi.call("clearEvents").asBoolean()).isTrue();
        assertThat(devUi.call("latestEvents")).isEmpty();
    }

    private void trackingPlan() {
        assertThat(RestAssured.get(URL + "/q/dev-ui/quarkus-posthog-data.js").asString())
                .contains("plannedEvents", "ViewEvents#viewed");
        JsonNode account = only(devUi.call("plannedAccounts"));
        assertThat(account.path("name").asText()).isEqualTo("default");
        assertThat(account.path("emulated").asBoolean()).isTrue();
        assertThat(only(account.path("events")).asText()).isEqualTo("viewed");
        devUi.call("flush", "account", "default");
        devUi.call("clearEvents");

        JsonNode compared = devUi.call("compareDescriptions", "account", "default");
        assertThat(only(compared.path("events")).path("name").asText()).isEqualTo("viewed");
        assertThat(only(compared.path("events")).path("before").asText()).isEmpty();
        assertThat(only(compared.path("events")).path("after").asText()).isEqualTo("A page was opened");
        assertThat(compared.path("properties")).isEmpty();
        assertThat(only(compared.path("missing")).asText()).isEqualTo("path");
        assertThat(devUi.call("compareDescriptions", "account", "default")).isEqualTo(compared);

        assertThat(devUi.call("publishDescriptions", "account", "default")).isEqualTo(compared);
        assertThat(devUi.call("compareDescriptions", "account", "default").path("events")).isEmpty();
        assertThat(definition("viewed").path("description").asText()).isEqualTo("A page was opened");
        assertThatThrownBy(() -> devUi.call("publishDescriptions", "account", "wrok"))
                .hasStackTraceContaining("PostHog account 'wrok' has no key");
    }

    private JsonNode definition(String event) {
        String host = only(devUi.call("accounts")).path("host").asText();
        JsonNode definitions = RestAssured.given().header("Authorization", "Bearer phx_emulator")
                .get(host + "/api/projects/1/event_definitions/").then().statusCode(200).extract().as(JsonNode.class);
        return StreamSupport.stream(definitions.path("results").spliterator(), false)
                .filter(definition -> definition.path("name").asText().equals(event)).findFirst().orElseThrow();
    }

    private void accounts() {
        JsonNode account = only(devUi.call("accounts"));
        assertThat(account.path("emulated").asBoolean()).isTrue();
        assertThat(account.path("dropped").path("OPTED_OUT").asInt()).isEqualTo(1);
        assertThat(devUi.call("accountCount").asText()).isEqualTo("1");

        JsonNode emulator = devUi.call("emulator", "account", "default");
        assertThat(emulator.path("maxBytes").asLong()).isEqualTo(256L * 1024 * 1024);
        assertThat(emulator.path("bytes").asLong()).isPositive().isLessThan(emulator.path("maxBytes").asLong());
        assertThat(emulator.path("events").asInt()).isPositive();
        assertThat(emulator.path("evictedEvents").asInt(-1)).isZero();
        assertThat(startPage()).contains(URL + "/q/dev-ui/quarkus-posthog/events");

        JsonNode report = devUi.call("check", "account", "default");
        assertThat(report.path("checks")).hasSize(13);
        assertThat(report.path("status").asText()).as(report.toPrettyString()).isEqualTo("OK");
        assertThat(report.path("scopes")).allSatisfy(scope -> assertThat(scope.path("granted").asBoolean()).isTrue());
    }

    private String startPage() {
        return RestAssured.get(only(devUi.call("accounts")).path("host").asText()).asString();
    }

    private void flags() {
        JsonNode flags = devUi.call("flags", "account", "default");
        assertThat(devUi.call("flagCount").asText()).isEqualTo("" + flags.size());
        JsonNode banner = named(flags, "hero-banner");
        assertThat(banner.path("active").asBoolean()).isTrue();
        assertThat(banner.path("conditions").path(0).asText()).isEqualTo("everyone: 100 %");
        assertThat(banner.path("variants").path(0).asText()).isEqualTo("control 50 %");

        JsonNode on = evaluated("hero-banner");
        assertThat(on.path("value").asText()).isIn("control", "summer");
        assertThat(on.path("reason").asText()).isEqualTo("condition_match");
        assertThat(on.path("condition").asInt(-1)).isZero();
        assertThat(on.path("local").asBoolean()).isFalse();

        JsonNode switched = devUi.call("switchFlag", "account", "default", "id", banner.path("id").asText(), "active", "false");
        assertThat(switched.path("active").asBoolean()).isFalse();
        JsonNode off = evaluated("hero-banner");
        assertThat(off.path("value").asText("none")).as("PostHog leaves it out").isIn("none", "null", "");
        assertThat(off.path("reason").asText()).isEqualTo("flag_disabled");
        assertThat(devUi.call("latestEvents")).as("exposures").isEmpty();

        flagsOfOthers();
        orderedRules();
    }

    private void flagsOfOthers() {
        create("{\"key\": \"other-context\", \"evaluation_contexts\": [\"search\"]}");
        create("{\"key\": \"same-context\", \"evaluation_contexts\": [\"search\", \"checkout\"]}");
        create("{\"key\": \"for-browsers\", \"evaluation_runtime\": \"client\"}");

        assertThat(evaluated("other-context").path("reason").asText()).isEqualTo("evaluation_contexts");
        assertThat(evaluated("other-context").hasNonNull("value")).isFalse();
        assertThat(evaluated("same-context").path("value").asText()).isEqualTo("true");
        assertThat(evaluated("for-browsers").path("reason").asText()).isEqualTo("evaluation_runtime");
        assertThat(evaluated("for-browsers").hasNonNull("notLocal")).isFalse();
    }

    private void orderedRules() {
        JsonNode flag = create("""
                {"key": "limit", "filters": {"version": 2, "return_type": "number", "default_value": 3, "rules": [
                  {"rule_type": "targeted_release", "value": 25, "targeting": {"properties": [
                    {"type": "person", "key": "plan", "operator": "exact", "value": "pro"}]}}]}}""");

        JsonNode switched = devUi.call("switchFlag", "account", "default", "id", flag.path("id").asText(), "active", "true");

        assertThat(switched.path("active").asBoolean()).isTrue();
        assertThat(switched.path("conditions").path(0).asText()).isEqualTo("plan is pro: 100 %, value 25");
        JsonNode limit = evaluated("limit");
        assertThat(limit.path("payload").asText()).isEqualTo("25");
        assertThat(limit.path("reason").asText()).isEqualTo("condition_match");
        assertThat(limit.path("condition").asInt(-1)).isZero();
    }

    private JsonNode create(String flag) {
        String host = only(devUi.call("accounts")).path("host").asText();
        return RestAssured.given().header("Authorization", "Bearer phx_emulator").contentType(ContentType.JSON).body(flag)
                .post(host + "/api/projects/1/feature_flags/").then().statusCode(201).extract().as(JsonNode.class);
    }

    private JsonNode evaluated(String key) {
        JsonNode evaluation = devUi.call("evaluateFlags", "account", "default", "distinctId", "zoe", "personProperties",
                "{\"plan\": \"pro\"}", "groups", "{}", "groupProperties", "");
        assertThat(evaluation.path("errors")).isEmpty();
        assertThat(evaluation.path("triedLocally").asBoolean()).isTrue();
        assertThat(evaluation.path("propertyMatchingVersion").asInt()).isEqualTo(1);
        return named(evaluation.path("flags"), key);
    }

    private static void capture() {
        RestAssured.get(URL + "/capture").then().statusCode(200);
    }

    private static JsonNode named(JsonNode array, String key) {
        return StreamSupport.stream(array.spliterator(), false).filter(item -> item.path("key").asText().equals(key))
                .findFirst().orElseThrow();
    }

    private static JsonNode only(JsonNode array) {
        assertThat(array).hasSize(1);
        return array.get(0);
    }
}
