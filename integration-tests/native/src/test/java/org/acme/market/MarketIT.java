package org.acme.market;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkiverse.mcp.server.test.McpAssured.McpStreamableTestClient;
import io.quarkiverse.posthog.cohorts.Cohort;
import io.quarkiverse.posthog.dashboards.Dashboard;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.insights.Insight;
import io.quarkiverse.posthog.persons.Person;
import io.quarkiverse.posthog.reflection.Access;
import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.DisabledOnIntegrationTest;
import io.quarkus.test.junit.DisabledOnIntegrationTest.ArtifactType;
import io.quarkus.test.junit.QuarkusIntegrationTest;

/**
 * Uses all of the extension in the application that is built for production: as a native executable, or with the JVM. With
 * the JVM, the last test verifies that everything which was accessed with reflection is registered for native executables.
 */
@QuarkusIntegrationTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MarketIT {

    /** Some of the types that are read or written, to notice if the agent does not record them. */
    private static final String[] REFLECTIVE = Stream.of(Event.class, Person.class, FeatureFlag.class, Insight.class,
            Dashboard.class, Cohort.class, Basket.Item.class, ReadingResource.Annotation.class,
            ReadingResource.NewAnnotation.class, ReadingResource.Purchase.class, FlagResource.Shipping.class)
            .map(Class::getName).toArray(String[]::new);

    private static final Map<String, Object> BASKET = Map.of("items", List.of(Map.of("product", "Lamp", "price", 45.00)));

    @TestHTTPResource("/")
    URI application;

    private final PostHogTestKit posthog = PostHogTestKit.of();

    @ParameterizedTest
    @ValueSource(strings = { "default", "v1", "spooled", "local" })
    void eventsAreCaptured(String account) {
        get("/capture/queued/" + account).then().statusCode(200);
        get("/capture/immediate/" + account).then().statusCode(200);

        PostHogTestKit emulator = PostHogTestKit.of(account);
        emulator.assertThatEvents().named("queued").withDistinctId("zoe").withProperty("payment", "CARD").hasSize(1);
        emulator.assertThatEvents().named("immediate").withProperty("basket", BASKET).hasSize(1);
    }

    @Test
    void personsAndGroupsAreCaptured() {
        get("/capture/persons").then().statusCode(204);

        posthog.assertThatEvents().named("$identify").withDistinctId("zoe").hasSize(1);
        posthog.assertThatEvents().named("$groupidentify").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "default", "v1" })
    void aiEventsAreCaptured(String account) {
        get("/capture/ai/" + account).then().statusCode(200);

        PostHogTestKit.of(account).assertThatEvents().named("$ai_generation").withProperty("$ai_input_tokens", 1200).hasSize(1);
    }

    @Test
    void typedEventsAreCaptured() {
        get("/capture/typed").then().statusCode(200);

        posthog.assertThatEvents().named("order placed").withDistinctId("zoe").withProperty("coupon", "SPRING")
                .withProperty("payment", "CARD").hasSize(1);
        posthog.assertThatEvents().named("order paid").withProperty("quantities", Map.of("Lamp", 1)).hasSize(1);
    }

    @Test
    void exceptionsAreCaptured() {
        get("/capture/exception").then().statusCode(500);

        posthog.assertThatEvents().named("$exception").hasSize(1);
    }

    @Test
    void flagsAreEvaluated() {
        get("/flags/remote").then().body(equalTo("20"));
        get("/flags/local").then().body(equalTo("20"));
        get("/flags/all").then().body("'free-shipping'", notNullValue());
        get("/flags/injected").then().statusCode(200);
        get("/flags/gated").then().statusCode(404);
        get("/flags/openfeature").then().body(equalTo("1"));
    }

    @Test
    void resourcesAreRead() {
        get("/reading/events").then().body("event", everyItem(notNullValue())).body("size()", not(0));
        get("/reading/persons").then().body("uuid", everyItem(notNullValue())).body("size()", not(0));
        get("/reading/flags").then().body("key", everyItem(notNullValue())).body("size()", not(0));
        get("/reading/insights").then().body("short_id", everyItem(notNullValue())).body("size()", not(0));
        get("/reading/dashboards").then().body("tiles", everyItem(not(List.of()))).body("size()", not(0));
        get("/reading/cohorts").then().body("name", everyItem(notNullValue())).body("size()", not(0));
        get("/reading/check").then().statusCode(200).body("size()", not(0));
    }

    @Test
    void typesOfTheApplicationAreReadAndWritten() {
        get("/reading/query").then().body("event", everyItem(notNullValue())).body("properties", everyItem(notNullValue()))
                .body("size()", is(5));
        get("/reading/annotations").then().body("content", everyItem(notNullValue()))
                .body("find { it.content == 'Release' }.dateMarker", notNullValue());
    }

    @Test
    void healthAndMetricsAreReported() {
        get("/q/health/ready").then().statusCode(200);
        get("/q/metrics").then().statusCode(200);
    }

    @Test
    void functionsAreCalledByAgents() {
        McpStreamableTestClient client = McpAssured.newStreamableClient().setBaseUri(application).build().connect();
        try {
            new FunctionCalls(client).all();
        } finally {
            client.disconnect();
        }
    }

    /** The last test, when everything was accessed. */
    @DisabledOnIntegrationTest(forArtifactTypes = ArtifactType.NATIVE_BINARY)
    @Order(Integer.MAX_VALUE)
    @Test
    @Tag("NAT-1")
    @Tag("NAT-2")
    void everythingThatIsAccessedWithReflectionIsRegistered() throws IOException {
        List<Access> accesses = AccessRequirements.ofTheExtension(Path.of(System.getProperty("accesses")));
        NativeRegistrations registrations = NativeRegistrations.read(Path.of(System.getProperty("native-sources")));

        assertThat(accesses).extracting(Access::target).contains(REFLECTIVE);
        assertThat(accesses).filteredOn(access -> !registrations.contain(access)).isEmpty();
    }
}
