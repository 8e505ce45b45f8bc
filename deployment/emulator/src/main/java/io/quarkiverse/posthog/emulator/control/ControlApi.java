package io.quarkiverse.posthog.emulator.control;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.api.AsyncQueries;
import io.quarkiverse.posthog.emulator.http.ApiKey;
import io.quarkiverse.posthog.emulator.http.ApiKeyAuthenticator;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.Faults;
import io.quarkiverse.posthog.emulator.http.RateLimits;
import io.quarkiverse.posthog.emulator.http.ReceivedRequest;
import io.quarkiverse.posthog.emulator.http.RequestLog;
import io.quarkiverse.posthog.emulator.seed.DemoShop;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StorageLimit;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The routes of the control API. */
public final class ControlApi {

    public static final String PREFIX = "/_emulator";

    private static final List<String> ENDPOINTS = List.of("GET /", "POST /reset", "POST /seed", "POST /undo",
            "GET /requests", "DELETE /requests", "GET /events", "POST /events", "DELETE /events", "GET /persons",
            "POST /persons", "GET /groups", "PUT /resources/:name", "POST /keys", "GET /settings", "PUT /settings",
            "GET /flags",
            "PUT /flags/:key", "DELETE /flags/:key", "DELETE /flags", "GET /faults", "POST /faults",
            "DELETE /faults");

    private final Project project;
    private final boolean seeded;
    private final long maxStoredBytes;
    private final ApiKeyAuthenticator access;
    private final RequestLog log;
    private final Faults faults;
    private final RateLimits rateLimits;
    private final AsyncQueries queries;

    /**
     * @param seeded whether the project began with the demo shop
     * @param maxStoredBytes the maximum memory of the data that is stored, with the requests
     */
    public ControlApi(Project project, boolean seeded, long maxStoredBytes, ApiKeyAuthenticator access, RequestLog log,
            Faults faults,
            RateLimits rateLimits, AsyncQueries queries) {
        this.project = project;
        this.seeded = seeded;
        this.maxStoredBytes = maxStoredBytes;
        this.access = access;
        this.log = log;
        this.faults = faults;
        this.rateLimits = rateLimits;
        this.queries = queries;
    }

    public void addTo(Router router) {
        DataControl data = new DataControl(project);
        FlagControl flags = new FlagControl(project);
        SettingsControl behaviour = new SettingsControl(project, access, rateLimits, flags);
        FaultControl faultControl = new FaultControl(faults);
        on(router, "GET", "", this::status);
        on(router, "POST", "/reset", this::reset);
        on(router, "POST", "/seed", this::seed);
        on(router, "POST", "/undo", context -> {
            ObjectNode undone = EmulatorJson.object().set("flags", flags.list());
            undone.set("faults", faultControl.list());
            faults.clear();
            flags.removeAll();
            behaviour.usual();
            return undone;
        });
        on(router, "GET", "/requests", this::requests);
        on(router, "DELETE", "/requests", context -> {
            log.clear();
            return requests(context);
        });
        on(router, "GET", "/events", data::events);
        on(router, "POST", "/events", data::addEvents);
        on(router, "DELETE", "/events", context -> data.removeArrivedEvents());
        on(router, "GET", "/persons", data::persons);
        on(router, "POST", "/persons", data::addPersons);
        on(router, "GET", "/groups", context -> data.groups());
        on(router, "PUT", "/resources/:name", data::putResource);
        on(router, "POST", "/keys", behaviour::addKey);
        on(router, "GET", "/settings", context -> behaviour.settings());
        on(router, "PUT", "/settings", behaviour::changeSettings);
        on(router, "GET", "/flags", context -> flags.list());
        on(router, "PUT", "/flags/:key", flags::put);
        on(router, "DELETE", "/flags/:key", flags::remove);
        on(router, "DELETE", "/flags", context -> flags.removeAll());
        on(router, "GET", "/faults", context -> faultControl.list());
        on(router, "POST", "/faults", faultControl::add);
        on(router, "DELETE", "/faults", context -> {
            faults.clear();
            return faultControl.list();
        });
    }

    /** Method and path of each endpoint. */
    static Stream<String> endpoints() {
        return ENDPOINTS.stream().map(endpoint -> endpoint.replace(" /", " " + PREFIX + "/"));
    }

    private static void on(Router router, String method, String path, Function<RoutingContext, JsonNode> handler) {
        router.route(HttpMethod.valueOf(method), PREFIX + path).handler(context -> {
            try {
                EmulatorResponse.ok(handler.apply(context)).send(context.response());
            } catch (ControlException e) {
                EmulatorResponse.of(400, EmulatorJson.object().put("error", e.getMessage())).send(context.response());
            }
        });
    }

    private JsonNode status(RoutingContext context) {
        ObjectNode json = EmulatorJson.object().put("baseUrl", "http://" + context.request().authority())
                .put("projectId", project.id()).put("projectApiKey", project.apiToken()).put("seeded", seeded);
        json.set("personalApiKeys", EmulatorJson.array(access.keys().stream().map(ApiKey::value).toList()));
        json.put("featureFlagsSecureApiKey", access.secureKey().value());
        json.putObject("counts").put("events", project.events().size()).put("persons", project.persons().size())
                .put("featureFlags", project.flags().live().count()).put("insights", project.insights().live().count())
                .put("dashboards", project.dashboards().live().count())
                .put("cohorts", project.cohorts().documents().live().count()).put("requests", log.size());
        StorageLimit storage = project.storage();
        json.putObject("storage").put("bytes", storage.bytes() + log.bytes()).put("maxBytes", maxStoredBytes)
                .put("evictedEvents", storage.evictedEvents()).put("evictedPersons", storage.evictedPersons())
                .put("evictedGroups", storage.evictedGroups()).put("evictedRequests", log.evicted());
        ArrayNode endpoints = json.putArray("endpoints");
        endpoints().forEach(endpoints::add);
        return json;
    }

    private JsonNode reset(RoutingContext context) {
        project.clear();
        access.reset();
        log.clear();
        faults.clear();
        rateLimits.replace(Map.of());
        queries.clear();
        return "true".equals(context.queryParams().get("seed")) ? seed(context) : status(context);
    }

    private JsonNode seed(RoutingContext context) {
        DemoShop.seed(project);
        return status(context);
    }

    private JsonNode requests(RoutingContext context) {
        String path = context.queryParams().get("path");
        ArrayNode json = EmulatorJson.array();
        log.stream().filter(request -> path == null || request.path().startsWith(path)).map(ReceivedRequest::toJson)
                .forEach(json::add);
        return json;
    }
}
