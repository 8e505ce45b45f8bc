package io.quarkiverse.posthog.emulator.api;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.ApiRoutes;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.ListPage;
import io.quarkiverse.posthog.emulator.http.RateLimitGroup;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.DocumentStore;
import io.quarkiverse.posthog.emulator.store.Project;

/**
 * Resources that are stored as they are sent, in PostHog's usual format: lists with {@code count}, {@code next},
 * {@code previous}
 * and {@code results}, and the fields {@code id}, {@code created_at} and {@code created_by}, which clients cannot change.
 */
public final class ResourcesApi {

    private static final Set<String> READ_ONLY = Set.of("id", "created_at", "created_by", "updated_at");

    private final Project project;

    public ResourcesApi(Project project) {
        this.project = project;
    }

    /** Adds the routes of {@link ResourceKind#KINDS} and of session recordings. */
    public void addTo(ApiRoutes routes) {
        for (ResourceKind kind : ResourceKind.KINDS) {
            String path = "/" + kind.name();
            routes.resource(kind.rateClass(), kind.scopes("read"))
                    .get(path, request -> list(kind, request))
                    .get(path + "/:id", request -> EmulatorResponse.ok(require(kind, request, false)));
            ApiRoutes.Resource writing = routes.resource(kind.rateClass(), kind.scopes("write"))
                    .post(path, request -> create(kind, request))
                    .patch(path + "/:id", request -> update(kind, request))
                    .on("PUT", path + "/:id", request -> update(kind, request));
            if (kind.softDeleted()) {
                writing.rejectDelete(path + "/:id");
            } else {
                writing.on("DELETE", path + "/:id", request -> delete(kind, request));
            }
        }
        ResourceKind exports = ResourceKind.BATCH_EXPORTS;
        routes.resource(exports.rateClass(), exports.scopes("write"))
                .post("/batch_exports/:id/pause", request -> pause(request, true))
                .post("/batch_exports/:id/unpause", request -> pause(request, false));
        ResourceKind recordings = ResourceKind.RECORDINGS;
        routes.resource(recordings.rateClass(), recordings.scopes("read"))
                .get("/session_recordings", this::recordings)
                .get("/session_recordings/:id", request -> EmulatorResponse.ok(require(recordings, request, false)));
        routes.resource(recordings.rateClass(), recordings.scopes("write"))
                .on("DELETE", "/session_recordings/:id", request -> delete(recordings, request));
    }

    /** Adds routes for all other resources whose items were stored with the control API. */
    public void addOthersTo(ApiRoutes routes) {
        routes.resource(RateLimitGroup.DEFAULT).servedIf(context -> isOther(context.pathParam("resource")))
                .get("/:resource", request -> list(other(request), request))
                .post("/:resource", request -> create(other(request), request))
                .get("/:resource/:id", request -> EmulatorResponse.ok(require(other(request), request, false)))
                .patch("/:resource/:id", request -> update(other(request), request))
                .on("DELETE", "/:resource/:id", request -> delete(other(request), request));
    }

    private boolean isOther(String resource) {
        return project.resources().has(resource) && ResourceKind.known(resource).isEmpty();
    }

    /** Returns whether items of a resource can be stored with the control API, because no other code serves it. */
    public static boolean isGeneric(String resource) {
        return !ResourceKind.SERVED_BY_OTHERS.contains(resource);
    }

    private static ResourceKind other(ApiRequest request) {
        return ResourceKind.other(request.path("resource"));
    }

    private EmulatorResponse list(ResourceKind kind, ApiRequest request) {
        return new ListPage(request, kind.pageSize()).counted(found(kind, request), item -> item);
    }

    /** The list of recordings has no count and no links. */
    private EmulatorResponse recordings(ApiRequest request) {
        ResourceKind kind = ResourceKind.RECORDINGS;
        return new ListPage(request, kind.pageSize()).flagged(found(kind, request));
    }

    private List<ObjectNode> found(ResourceKind kind, ApiRequest request) {
        String searched = request.param("search").orElse("").toLowerCase(Locale.ROOT);
        return project.resources().all(kind.name()).stream()
                .filter(item -> !DocumentStore.isDeleted(item))
                .filter(item -> searched.isEmpty() || kind.searched().stream()
                        .anyMatch(field -> item.path(field).asText("").toLowerCase(Locale.ROOT).contains(searched)))
                .sorted(Comparator.comparing((ObjectNode item) -> item.path(kind.orderedBy()).asText("")).reversed())
                .toList();
    }

    private EmulatorResponse create(ResourceKind kind, ApiRequest request) {
        ObjectNode body = request.body();
        for (String field : kind.required()) {
            if (body.path(field).isMissingNode() || body.path(field).isNull()) {
                throw ApiException.invalid("required", "This field is required.", field);
            }
        }
        return EmulatorResponse.of(201, project.resources().add(kind.name(), complete(project, kind, body.remove(READ_ONLY))));
    }

    /** Returns an item with the defaults of its resource, and the fields that PostHog adds unless they are present. */
    public static ObjectNode complete(Project project, String resource, ObjectNode fields) {
        return complete(project, ResourceKind.known(resource).orElseGet(() -> ResourceKind.other(resource)), fields);
    }

    private static ObjectNode complete(Project project, ResourceKind kind, ObjectNode fields) {
        ObjectNode item = EmulatorJson.object();
        if (kind.uuid()) {
            item.put("id", String.format("0192f000-0000-7000-8000-%012x", project.resources().nextId()));
        } else {
            item.put("id", project.resources().nextId());
        }
        item.setAll(kind.defaults().deepCopy());
        item.put("created_at", TimestampFormats.zulu(project.now())).set("created_by", project.owner());
        item.setAll(fields);
        return item;
    }

    private EmulatorResponse update(ResourceKind kind, ApiRequest request) {
        ObjectNode body = request.body();
        ObjectNode item = require(kind, request, body.has("deleted"));
        body.properties().stream().filter(field -> !READ_ONLY.contains(field.getKey()))
                .forEach(field -> item.set(field.getKey(), field.getValue()));
        return EmulatorResponse.ok(item);
    }

    private EmulatorResponse delete(ResourceKind kind, ApiRequest request) {
        require(kind, request, false);
        project.resources().remove(kind.name(), request.path("id"));
        return EmulatorResponse.empty(204);
    }

    private EmulatorResponse pause(ApiRequest request, boolean paused) {
        require(ResourceKind.BATCH_EXPORTS, request, false).put("paused", paused);
        return EmulatorResponse.ok(EmulatorJson.object().put("paused", paused));
    }

    private ObjectNode require(ResourceKind kind, ApiRequest request, boolean alsoDeleted) {
        return project.resources().find(kind.name(), request.path("id"))
                .filter(item -> alsoDeleted || !DocumentStore.isDeleted(item)).orElseThrow(ApiException::notFound);
    }
}
