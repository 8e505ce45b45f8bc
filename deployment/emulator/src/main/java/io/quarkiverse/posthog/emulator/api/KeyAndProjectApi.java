package io.quarkiverse.posthog.emulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.ApiRoutes;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.RateLimitGroup;
import io.quarkiverse.posthog.emulator.store.Project;

/** The data of the key, its owner and the project. */
public final class KeyAndProjectApi {

    private static final String ORGANIZATION_ID = "0190eeee-0000-7000-8000-000000000001";
    private static final String PROJECT_UUID = "0190dddd-0000-7000-8000-000000000001";
    private static final String SINCE = "2024-01-01T00:00:00Z";

    private final Project project;

    public KeyAndProjectApi(Project project) {
        this.project = project;
    }

    public void addTo(ApiRoutes routes) {
        routes.resource(RateLimitGroup.DEFAULT, "user:read").global("/api/users/@me", request -> EmulatorResponse.ok(user()));
        // Every key may read its own data
        routes.resource(RateLimitGroup.DEFAULT).global("/api/personal_api_keys/@current", this::key);
        routes.resource(RateLimitGroup.DEFAULT, "project:read").global("/api/projects", this::projects)
                .get("", request -> EmulatorResponse.ok(details()));
        routes.resource(RateLimitGroup.DEFAULT, "organization:read").global("/api/organizations/:organization",
                KeyAndProjectApi::organization);
    }

    private EmulatorResponse key(ApiRequest request) {
        ObjectNode json = EmulatorJson.object().put("id", "emulated").put("label", "Emulated key").putNull("value")
                .put("mask_value", "phx_...").put("created_at", SINCE).putNull("last_used_at").put("user_id", 1);
        json.set("scopes", EmulatorJson.array(request.key().scopes()));
        json.putArray("scoped_teams");
        json.putArray("scoped_organizations");
        return EmulatorResponse.ok(json.putNull("last_rolled_at"));
    }

    private ObjectNode user() {
        ObjectNode user = project.owner().putNull("pending_email").put("date_joined", SINCE).put("has_password", true)
                .put("is_staff", false);
        user.set("notification_settings", EmulatorJson.object());
        user.put("anonymize_data", false);
        user.set("team", summary());
        user.set("organization", organization());
        user.putArray("organizations").add(organization().putNull("logo_media_id")
                .put("members_can_use_personal_api_keys", true));
        return user;
    }

    private static ObjectNode organization() {
        return EmulatorJson.object().put("id", ORGANIZATION_ID).put("name", "Example").put("slug", "example")
                .put("membership_level", 8);
    }

    private static EmulatorResponse organization(ApiRequest request) {
        String id = request.path("organization");
        if (!id.equals("@current") && !id.equals(ORGANIZATION_ID)) {
            throw ApiException.notFound("Organization not found.");
        }
        return EmulatorResponse.ok(organization());
    }

    private EmulatorResponse projects(ApiRequest request) {
        ObjectNode page = EmulatorJson.object().put("count", 1).putNull("next").putNull("previous");
        page.putArray("results").add(summary());
        return EmulatorResponse.ok(page);
    }

    private ObjectNode summary() {
        ObjectNode json = EmulatorJson.object().put("id", project.id()).put("uuid", PROJECT_UUID)
                .put("organization", ORGANIZATION_ID)
                .put("project_id", project.id()).put("api_token", project.apiToken()).put("name", Project.NAME)
                .put("completed_snippet_onboarding", true);
        json.set("has_completed_onboarding_for", EmulatorJson.object().put("product_analytics", true));
        return json.put("ingested_event", project.events().size() > 0).put("is_demo", false).put("timezone", "UTC")
                .put("access_control", false);
    }

    private ObjectNode details() {
        ObjectNode json = EmulatorJson.object().put("id", project.id()).put("uuid", PROJECT_UUID)
                .put("organization", ORGANIZATION_ID)
                .put("name", Project.NAME).put("api_token", project.apiToken())
                .put("ingested_event", project.events().size() > 0).put("timezone", "UTC").put("created_at", SINCE)
                .put("updated_at", SINCE);
        ArrayNode types = json.putArray("group_types");
        project.groups().types().forEach(type -> types.addObject().put("group_type", type)
                .put("group_type_index", types.size() - 1).putNull("name_singular").putNull("name_plural"));
        return json.putNull("secret_api_token").put("is_demo", false).put("access_control", false);
    }
}
