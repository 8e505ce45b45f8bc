package io.quarkiverse.posthog.emulator.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.ApiRoutes;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.RateLimitGroup;
import io.quarkiverse.posthog.emulator.store.Project;

/** Groups and their types. PostHog pages groups by cursor, 100 at a time, and returns all types in one array. */
public final class GroupsApi {

    private static final int PAGE_SIZE = 100;
    private static final String TYPE = "group_type_index";
    private static final String CREATED = "2024-01-01T00:00:00Z";

    private final Project project;

    public GroupsApi(Project project) {
        this.project = project;
    }

    public void addTo(ApiRoutes routes) {
        routes.resource(RateLimitGroup.DEFAULT, "group:read")
                .get("/groups_types", this::types)
                .get("/groups", this::list)
                .get("/groups/find", this::find);
    }

    private EmulatorResponse types(ApiRequest request) {
        ArrayNode types = EmulatorJson.array();
        project.groups().types().forEach(type -> types.addObject().put("group_type", type).put(TYPE, types.size() - 1)
                .putNull("name_singular").putNull("name_plural"));
        return EmulatorResponse.ok(types);
    }

    private EmulatorResponse list(ApiRequest request) {
        String wanted = request.param("group_key").orElse("").toLowerCase(Locale.ROOT);
        List<ObjectNode> groups = groups(request).stream()
                .filter(group -> group.get("group_key").textValue().toLowerCase(Locale.ROOT).contains(wanted)).toList();
        int start = request.param("cursor").map(GroupsApi::position).orElse(0);
        int end = Math.min(start + PAGE_SIZE, groups.size());
        ObjectNode page = EmulatorJson.object()
                .put("next", end < groups.size() ? request.urlWith(Map.of("cursor", cursor(end))) : null)
                .put("previous", start > 0 ? request.urlWith(Map.of("cursor", cursor(Math.max(0, start - PAGE_SIZE)))) : null);
        page.putArray("results").addAll(groups.subList(Math.min(start, end), end));
        return EmulatorResponse.ok(page);
    }

    private EmulatorResponse find(ApiRequest request) {
        String key = request.param("group_key").orElse("");
        return groups(request).stream().filter(group -> group.get("group_key").textValue().equals(key)).findFirst()
                .map(EmulatorResponse::ok).orElseThrow(ApiException::notFound);
    }

    private List<ObjectNode> groups(ApiRequest request) {
        int index = request.count(TYPE, -1);
        if (index < 0) {
            throw ApiException.invalid("required", "This field is required.", TYPE);
        }
        List<ObjectNode> groups = new ArrayList<>();
        List<String> types = project.groups().types();
        project.groups().forEach((type, byKey) -> {
            if (types.indexOf(type) == index) {
                byKey.forEach((key, properties) -> {
                    ObjectNode group = EmulatorJson.object().put(TYPE, index).put("group_key", key);
                    group.set("group_properties", properties);
                    groups.add(group.put("created_at", CREATED));
                });
            }
        });
        return groups;
    }

    private static String cursor(int position) {
        return Base64.getUrlEncoder().encodeToString(("p=" + position).getBytes(StandardCharsets.UTF_8));
    }

    private static int position(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            return Integer.parseUnsignedInt(text.substring("p=".length()));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw ApiException.notFound("Invalid cursor");
        }
    }
}
