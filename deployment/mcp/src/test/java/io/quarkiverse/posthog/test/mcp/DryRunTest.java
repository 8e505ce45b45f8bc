package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonObject;

/** A dry run does everything but send the request, and shows exactly the request that the call would send. */
@Tag("AGT-2")
class DryRunTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = McpApplication.permissive();

    private final Emulator emulator = Emulator.ofDefaultAccount();
    private McpClient client;

    @BeforeEach
    void connect() {
        client = McpClient.connect();
        emulator.reset();
    }

    @Test
    void aNewFlag() {
        JsonObject preview = assertSameRequest("posthog_create_feature_flag",
                Map.of("name", "New", "key", "new", "rollout_percentage", 30));

        assertThat(preview.getJsonObject("body").encode()).contains("\"rollout_percentage\":30");
    }

    @Test
    void aChangedFlag() {
        JsonObject preview = assertSameRequest("posthog_update_feature_flag",
                Map.of("key", "new-checkout", "active", false, "rollout_percentage", 75));

        assertThat(preview.getJsonArray("changes").stream().map(Object::toString)).containsExactlyInAnyOrder(
                "{\"field\":\"active\",\"before\":true,\"after\":false}",
                "{\"field\":\"filters.groups[0].rollout_percentage\",\"before\":50,\"after\":75}");
        assertThat(preview.getString("description")).contains("\"new-checkout\"");
    }

    @Test
    void aDeletedFlag() {
        JsonObject preview = assertSameRequest("posthog_delete_feature_flag", Map.of("key", "hero-banner"));

        assertThat(preview.getJsonArray("changes").encode())
                .isEqualTo("[{\"field\":\"deleted\",\"before\":false,\"after\":true}]");
    }

    @Test
    void aRestoredFlag() {
        int id = client.result("posthog_delete_feature_flag", Map.of("key", "hero-banner")).getInteger("id");

        assertSameRequest("posthog_restore_feature_flag", Map.of("flag_id", id));
    }

    @Test
    void anEvent() {
        emulator.forgetRequests();
        JsonObject preview = client.result("posthog_capture_event",
                Map.of("event", "purchase", "distinct_id", "u", "properties",
                        Map.of("amount", 5), "uuid", "0190f0e8-7a6b-7c3d-9e4f-5a6b7c8d9e0f", "dry_run", true));
        assertThat(emulator.requests("/")).isEmpty();

        client.result("posthog_capture_event", Map.of("event", "purchase", "distinct_id", "u", "properties",
                Map.of("amount", 5), "uuid", "0190f0e8-7a6b-7c3d-9e4f-5a6b7c8d9e0f"));

        JsonObject request = emulator.requests("/").get(0);
        assertThat(request.getString("path")).isEqualTo(preview.getString("path"));
        JsonObject sent = new JsonObject(request.getString("body")).getJsonArray("batch").getJsonObject(0);
        JsonObject body = preview.getJsonObject("body");
        assertThat(body.getString("uuid")).isEqualTo(sent.getString("uuid"));
        assertThat(body.getString("event")).isEqualTo(sent.getString("event"));
        assertThat(body.getJsonObject("properties")).isEqualTo(sent.getJsonObject("properties"));
    }

    @Test
    void invalidCallsFailInADryRunToo() {
        Map<String, Object> twice = Map.of("name", "x", "key", "y", "rollout_percentage", 5, "dry_run", true, "filters",
                Map.of("groups", List.of(Map.of("properties", List.of()))));
        assertThat(client.error("posthog_create_feature_flag", twice).getString("message")).contains("cannot be combined");
        assertThat(client.error("posthog_create_feature_flag", Map.of("name", "x", "key", "not a key", "dry_run", true))
                .getString("type")).isEqualTo("validation");
        assertThat(client.error("posthog_update_feature_flag", Map.of("key", "none", "active", true, "dry_run", true))
                .getString("type")).isEqualTo("not_found");
        assertThat(client.error("posthog_update_feature_flag", Map.of("key", "new-checkout", "dry_run", true))
                .getString("message")).isEqualTo("There is nothing to change");
        assertThat(client.error("posthog_update_feature_flag",
                Map.of("key", "new-checkout", "filters", Map.of("groups", "none"), "active", true, "dry_run", true))
                .getString("field")).isEqualTo("filters");
    }

    private JsonObject assertSameRequest(String tool, Map<String, Object> arguments) {
        emulator.forgetRequests();
        Map<String, Object> dryRun = new HashMap<>(arguments);
        dryRun.put("dry_run", true);
        JsonObject preview = client.result(tool, dryRun);
        assertThat(emulator.requests("/")).allMatch(request -> request.getString("method").equals("GET"));
        assertThat(preview.getBoolean("dry_run")).isTrue();
        assertThat(preview.getBoolean("approval_required")).isFalse();

        client.result(tool, arguments);

        JsonObject request = emulator.requests("/").stream().filter(other -> !other.getString("method").equals("GET"))
                .findFirst().orElseThrow();
        assertThat(preview.getString("method")).isEqualTo(request.getString("method"));
        assertThat(preview.getString("path")).isEqualTo(request.getString("path"));
        assertThat(preview.getJsonObject("body")).isEqualTo(new JsonObject(request.getString("body")));
        return preview;
    }
}
