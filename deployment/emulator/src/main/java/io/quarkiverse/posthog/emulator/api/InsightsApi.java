package io.quarkiverse.posthog.emulator.api;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.ApiRoutes;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.ListPage;
import io.quarkiverse.posthog.emulator.http.RateLimitGroup;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.DocumentStore;
import io.quarkiverse.posthog.emulator.store.Project;

/** Insights with their cached results. */
public final class InsightsApi {

    private static final List<String> TEXTS = List.of("name", "description");
    private static final List<String> FLAGS = List.of("deleted", "favorited");
    private static final Set<String> NAMED_TYPES = Set.of("TRENDS", "FUNNELS", "RETENTION", "PATHS", "STICKINESS",
            "LIFECYCLE", "SQL");
    /** Kept with an insight, but not shown. */
    private static final String SAVED = "saved";

    private final Project project;
    private final InsightCalculator calculator;
    private final AsyncQueries queries;

    public InsightsApi(Project project, AsyncQueries queries) {
        this.project = project;
        this.calculator = new InsightCalculator(project);
        this.queries = queries;
    }

    public void addTo(ApiRoutes routes) {
        routes.resource(RateLimitGroup.CLICKHOUSE, "insight:read")
                .get("/insights", this::list)
                .get("/insights/:id", this::get);
        routes.resource(RateLimitGroup.CLICKHOUSE, "insight:write")
                .patch("/insights/:id", this::update)
                .on("PUT", "/insights/:id", this::update)
                .rejectDelete("/insights/:id");
    }

    private EmulatorResponse list(ApiRequest request) {
        boolean basic = request.truthy("basic");
        List<ObjectNode> found = project.insights().live().filter(insight -> isWanted(insight, request))
                .sorted(order(request.text("order").orElse("order"))).toList();
        return new ListPage(request).counted(found, insight -> basic ? basic(insight) : toJson(insight));
    }

    private boolean isWanted(ObjectNode insight, ApiRequest request) {
        Instant now = project.now();
        return request.text("insight").map(type -> type.equals(type(insight))).orElse(true)
                && request.text("short_id").map(insight.get("short_id").textValue()::equals).orElse(true)
                && (!request.truthy("saved") || insight.path(SAVED).booleanValue() || !insight.path("dashboards").isEmpty())
                && (!request.present("favorited") || insight.path("favorited").booleanValue())
                && request.text("created_by").map(ids -> SoftDeletable.isCreatedBy(insight, ids)).orElse(true)
                && SoftDeletable.isFound(insight, request, "name", "description")
                && request.json("tags").map(tags -> hasAny(insight, "tags", tags)).orElse(true)
                && request.json("dashboards").map(ids -> hasAny(insight, "dashboards", ids)).orElse(true)
                && isWithin(insight, "last_modified_at", request, "date", now)
                && isWithin(insight, "created_at", request, "created_date", now);
    }

    private static boolean hasAny(ObjectNode insight, String field, JsonNode wanted) {
        Set<String> own = insight.path(field).valueStream().map(JsonNode::asText).collect(Collectors.toSet());
        return wanted.valueStream().map(JsonNode::asText).anyMatch(own::contains);
    }

    private static boolean isWithin(ObjectNode insight, String field, ApiRequest request, String prefix, Instant now) {
        Instant time = TimestampFormats.parse(insight.get(field).textValue());
        return request.date(prefix + "_from", now).map(from -> !time.isBefore(from)).orElse(true)
                && request.date(prefix + "_to", now).map(to -> !time.isAfter(to)).orElse(true);
    }

    /** The value of the {@code insight} parameter that selects it. */
    private static String type(ObjectNode insight) {
        String kind = InsightCalculator.source(insight).path("kind").asText();
        String type = kind.equals("HogQLQuery") ? "SQL" : kind.replaceFirst("Query$", "").toUpperCase(Locale.ROOT);
        return NAMED_TYPES.contains(type) ? type : "JSON";
    }

    private static Comparator<ObjectNode> order(String order) {
        String field = order.startsWith("-") ? order.substring(1) : order;
        Comparator<ObjectNode> ascending = Comparator.comparing((ObjectNode insight) -> insight.path(field).asText())
                .thenComparing(insight -> insight.get("id").longValue());
        return order.startsWith("-") ? ascending.reversed() : ascending;
    }

    private EmulatorResponse get(ApiRequest request) {
        queries.finishDue();
        ObjectNode insight = require(request, false);
        return EmulatorResponse.ok(refreshed(insight, request.text("refresh").orElse("force_cache")));
    }

    /** Computes, begins to compute, or leaves the cached result as it is. */
    private ObjectNode refreshed(ObjectNode insight, String refresh) {
        boolean cached = isCached(insight);
        switch (refresh) {
            case "force_blocking", "true" -> calculator.calculate(insight);
            case "blocking" -> {
                if (!cached) {
                    calculator.calculate(insight);
                }
            }
            case "force_async", "async", "lazy_async", "async_except_on_cache_miss" -> {
                if (!cached && refresh.equals("async_except_on_cache_miss")) {
                    calculator.calculate(insight);
                } else if (!cached || refresh.equals("force_async")) {
                    ObjectNode json = toJson(insight);
                    return json.set("query_status", queries.start(() -> {
                        calculator.calculate(insight);
                        return insight.get("result");
                    }));
                }
            }
            default -> {
                return toJson(insight);
            }
        }
        return toJson(insight).put("is_cached", cached && !refresh.contains("force") && !refresh.equals("true"));
    }

    private EmulatorResponse update(ApiRequest request) {
        ObjectNode body = request.body();
        boolean restores = body.has("deleted") && !body.path("deleted").asBoolean(true);
        ObjectNode insight = require(request, restores);
        SoftDeletable.patch(insight, body, TEXTS, FLAGS);
        String now = TimestampFormats.zulu(project.now());
        insight.put("updated_at", now).put("last_modified_at", now).set("last_modified_by", project.owner());
        return EmulatorResponse.ok(toJson(insight));
    }

    private ObjectNode require(ApiRequest request, boolean alsoDeleted) {
        String id = request.path("id");
        OptionalLong number = ApiRequest.integer(id);
        return project.insights().all()
                .filter(insight -> insight.get("short_id").textValue().equals(id)
                        || number.isPresent() && insight.get("id").longValue() == number.getAsLong())
                .filter(insight -> alsoDeleted || !DocumentStore.isDeleted(insight)).findFirst()
                .orElseThrow(ApiException::notFound);
    }

    private static boolean isCached(ObjectNode insight) {
        return !insight.path("result").isNull();
    }

    /** The form of the API, also within dashboards. */
    static ObjectNode toJson(ObjectNode insight) {
        ObjectNode json = insight.deepCopy();
        json.remove(SAVED);
        return json.put("is_cached", isCached(insight));
    }

    private static ObjectNode basic(ObjectNode insight) {
        ObjectNode json = toJson(insight);
        return json.putNull("result").put("is_cached", false).putNull("last_refresh");
    }
}
