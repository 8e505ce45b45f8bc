package io.quarkiverse.posthog.runtime.functions.catalog;

import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.optional;
import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.required;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.insights.InsightQuery;
import io.quarkiverse.posthog.insights.InsightType;
import io.quarkiverse.posthog.insights.Insights;
import io.quarkiverse.posthog.query.QueryRefresh;
import io.quarkiverse.posthog.runtime.functions.FunctionBehavior;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.Invocation;
import io.quarkiverse.posthog.runtime.functions.ParameterType;
import io.quarkiverse.posthog.runtime.functions.ResultForm;
import io.quarkiverse.posthog.runtime.functions.ResultForm.Field;
import io.quarkiverse.posthog.runtime.functions.result.RowForm;
import io.smallrye.mutiny.Uni;

/** Reads saved insights. */
final class InsightFunctions {

    private static final Field ID = new Field("id", "integer", "The ID, for insight_id.");
    private static final Field SHORT_ID = new Field("short_id", "string", "The ID in links.");
    private static final Field NAME = new Field("name", "string", "The name.");

    private static final RowForm LISTED = RowForm.of("id", "short_id", "name", "derived_name", "description", "tags",
            "favorited", "dashboards", "created_at", "last_modified_at");

    private static final RowForm ROW = RowForm.of("id", "short_id", "name", "derived_name", "description", "query", "result",
            "columns", "hasMore", "is_cached", "last_refresh", "dashboards", "tags", "last_modified_at", "query_status")
            .always("result", "is_cached", "last_refresh").personal("result");

    static final FunctionDefinition LIST = new FunctionDefinition("posthog_list_insights", "List insights",
            "Lists the saved insights, without results. Search instead of paging." + CommonParameters.DATA, Effect.READ,
            List.of(CommonParameters.limit(), CommonParameters.offset(),
                    optional("type", ParameterType.STRING, "TRENDS", "Only of this type.")
                            .oneOf(List.of("TRENDS", "FUNNELS", "RETENTION", "PATHS", "LIFECYCLE", "STICKINESS")),
                    CommonParameters.search("Part of the name, description or tags."),
                    CommonParameters.cursor(), CommonParameters.fields()),
            ResultForm.list(ID, SHORT_ID, NAME),
            (FunctionBehavior.Read) InsightFunctions::list);

    static final FunctionDefinition GET = new FunctionDefinition("posthog_get_insight", "Get an insight",
            "Returns one insight with its query and its cached result, by ID or short ID. last_refresh is when the result was "
                    + "computed; use refresh=blocking if that is too old or result is null." + CommonParameters.DATA,
            Effect.READ,
            List.of(required("insight_id", ParameterType.INTEGER, 42, "The numeric ID.").between(1, Integer.MAX_VALUE)
                    .or("short_id"),
                    optional("short_id", ParameterType.STRING, "aBcD1234", "The ID in links, instead of insight_id.")
                            .maxLength(50),
                    optional("refresh", ParameterType.STRING, "blocking", "Whether to compute the result.")
                            .oneOf(Arrays.stream(QueryRefresh.values()).map(QueryRefresh::value).toList())
                            .withDefault(QueryRefresh.FORCE_CACHE.value()),
                    CommonParameters.fields()),
            ResultForm.object(ID, SHORT_ID, NAME, new Field("result", "any", "The result; null if it is not cached."),
                    new Field("last_refresh", "string", "When the result was computed."),
                    new Field("is_cached", "boolean", "Whether the result comes from the cache.")),
            (FunctionBehavior.Read) InsightFunctions::get);

    private InsightFunctions() {
    }

    private static Uni<ObjectNode> list(Invocation call) {
        Insights insights = call.account().posthog().insights();
        InsightType type = call.arguments().text("type").map(InsightType::valueOf).orElse(null);
        String search = call.arguments().textOrNull(CommonParameters.SEARCH);
        return OffsetLists.read(call, paging -> insights.page(new InsightQuery(type, search, null, false, List.of(), null,
                null, null, null, false, paging)), LISTED);
    }

    private static Uni<ObjectNode> get(Invocation call) {
        Insights insights = call.account().posthog().insights();
        String refresh = call.arguments().text("refresh").orElseThrow();
        QueryRefresh mode = Arrays.stream(QueryRefresh.values()).filter(value -> value.value().equals(refresh)).findFirst()
                .orElseThrow();
        Optional<Long> id = call.arguments().integer("insight_id");
        return call.shaped(
                id.isPresent() ? insights.get(id.get(), mode)
                        : insights.get(call.arguments().text("short_id").orElseThrow(), mode),
                insight -> call.results().object(insight, ROW, "insights/" + insight.shortId()));
    }
}
