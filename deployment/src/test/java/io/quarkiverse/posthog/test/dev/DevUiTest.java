package io.quarkiverse.posthog.test.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.test.Ports;
import io.quarkiverse.posthog.test.capture.CaptureResource;
import io.quarkus.devui.tests.DevUIJsonRPCTest;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** What the Dev UI and Dev MCP are told, and can do, of an application whose PostHog is the emulator. */
class DevUiTest extends DevUIJsonRPCTest {

    private static final int PORT = Ports.free();
    private static final String URL = "http://localhost:" + PORT;

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addClass(CaptureResource.class)
                    .addAsResource(new StringAsset("""
                            quarkus.http.port=%d
                            quarkus.posthog.capture.flush-interval=1h
                            """.formatted(PORT)), "application.properties"));

    DevUiTest() {
        super("quarkus-posthog", URL);
    }

    @Test
    void eventsAreToldAsTheyAreCapturedAndAccountsCanBeTold() throws Exception {
        RestAssured.get(URL + "/capture").then().statusCode(200);

        JsonNode queued = only(call("eventsSince", Map.of("change", "0")));
        assertThat(queued.path("name").asText()).isEqualTo("viewed");
        assertThat(queued.path("distinctId").asText()).isEqualTo("user");
        assertThat(queued.path("state").asText()).isEqualTo("QUEUED");
        assertThat(queued.path("properties").path("$lib").asText()).isEqualTo("quarkus-posthog");

        assertThat(call("flush", Map.of("account", "default")).path("delivered").asLong()).isEqualTo(1);
        JsonNode delivered = only(call("eventsSince", Map.of("change", queued.path("change").asText())));
        assertThat(delivered.path("state").asText()).isEqualTo("DELIVERED");
        assertThat(delivered.path("request").path("path").asText()).isEqualTo("/batch/");
        assertThat(delivered.path("request").path("status").asInt()).isEqualTo(200);

        String id = queued.path("id").asText();
        assertThat(call("curl", Map.of("id", id)).asText()).startsWith("curl 'http://localhost:").doesNotContain("phc_");
        assertThat(call("replay", Map.of("id", id)).asText()).isNotEqualTo(id);
        assertThat(names(call("latestEvents", Map.of()))).containsExactly("viewed", "viewed");

        assertThat(call("optOut", Map.of("account", "default")).path("optedOut").asBoolean()).isTrue();
        RestAssured.get(URL + "/capture").then().statusCode(200);
        await().untilAsserted(() -> assertThat(call("latestEvents", Map.of()).path(2).path("reason").asText())
                .isEqualTo("OPTED_OUT"));
        assertThat(call("optIn", Map.of("account", "default")).path("optedOut").asBoolean()).isFalse();
        assertThat(call("clearEvents", Map.of()).asBoolean()).isTrue();
        assertThat(call("latestEvents", Map.of())).isEmpty();

        JsonNode account = only(call("accounts", Map.of()));
        assertThat(account.path("emulated").asBoolean()).isTrue();
        assertThat(account.path("dropped").path("OPTED_OUT").asInt()).isEqualTo(1);
        assertThat(account.toString()).doesNotContain("phc_", "phx_", "phs_");

        JsonNode report = call("check", Map.of("account", "default"));
        assertThat(report.path("checks")).hasSize(12);
        assertThat(report.path("status").asText()).as(report.toPrettyString()).isEqualTo("OK");

        assertThatThrownBy(() -> call("check", Map.of("account", "work")))
                .hasMessageContaining("No PostHog account 'work' is in use, only default");
    }

    private JsonNode call(String method, Map<String, Object> parameters) throws Exception {
        return parameters.isEmpty() ? executeJsonRPCMethod(method) : executeJsonRPCMethod(method, parameters);
    }

    private static JsonNode only(JsonNode array) {
        assertThat(array).hasSize(1);
        return array.get(0);
    }

    private static List<String> names(JsonNode events) {
        return StreamSupport.stream(events.spliterator(), false).map(event -> event.path("name").asText()).toList();
    }
}
