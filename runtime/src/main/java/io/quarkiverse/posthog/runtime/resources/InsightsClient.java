package io.quarkiverse.posthog.runtime.resources;

import java.util.Map;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.insights.Insight;
import io.quarkiverse.posthog.insights.InsightQuery;
import io.quarkiverse.posthog.insights.Insights;
import io.quarkiverse.posthog.query.QueryRefresh;
import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.quarkiverse.posthog.runtime.rest.api.PathSegment;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Reads insights with PostHog's REST API. */
public final class InsightsClient implements Insights {

    private static final Operation<PostHogApi> LIST = Operation.read("insights.list", Limit.ANALYTICS);
    private static final Operation<PostHogApi> PAGE = Operation.read("insights.page", Limit.ANALYTICS);
    private static final Operation<PostHogApi> GET = Operation.read("insights.get", Limit.ANALYTICS);

    private static final ApiPath INSIGHTS = ApiPath.of("/api/projects/{project}/insights/");
    private static final ApiPath INSIGHT = ApiPath.of("/api/projects/{project}/insights/{id}/");

    private final ApiExecutor calls;

    public InsightsClient(ApiExecutor calls) {
        this.calls = calls;
    }

    @Override
    public Multi<Insight> list(InsightQuery query) {
        return insights().all(LIST, query.paging(), () -> parameters(query));
    }

    @Override
    public Uni<Page<Insight>> page(InsightQuery query) {
        return insights().page(PAGE, query.paging(), () -> parameters(query));
    }

    @Override
    public Uni<Insight> get(long id, QueryRefresh refresh) {
        return get("id", Long.toString(id), refresh);
    }

    @Override
    public Uni<Insight> get(String shortId, QueryRefresh refresh) {
        return get("shortId", shortId, refresh);
    }

    private Uni<Insight> get(String role, String idOrShortId, QueryRefresh refresh) {
        return Uni.createFrom().item(() -> PathSegment.of(role, idOrShortId))
                .chain(id -> calls.read(operation(refresh), Insight.class,
                        ApiCall.get(calls.inProject(INSIGHT).with("id", id), Map.of("refresh", refresh.value()))));
    }

    private static Operation<PostHogApi> operation(QueryRefresh refresh) {
        return switch (refresh) {
            case FORCE_CACHE -> GET;
            // Retries would start another long computation
            case FORCE_BLOCKING, FORCE_ASYNC -> Operation.write(GET.name(), GET.limit()).on(ApiEndpoint.QUERIES);
            default -> GET.on(ApiEndpoint.QUERIES);
        };
    }

    private ResourceList<Insight> insights() {
        return ResourceList.of(calls, calls.inProject(INSIGHTS), Insight.class, Insight::id);
    }

    private Parameters parameters(InsightQuery query) {
        return new Parameters(calls.mapper())
                // PostHog's own name for the filter by type
                .with("insight", query.type())
                .with("search", query.search())
                .with("saved", query.saved())
                // PostHog ignores the value: the filter is enabled if the parameter is present
                .with("favorited", query.favorited() ? true : null)
                .with("tags", query.tags())
                .with("date_from", query.modifiedAfter())
                .with("date_to", query.modifiedBefore())
                .with("created_date_from", query.createdAfter())
                .with("created_date_to", query.createdBefore())
                .with("basic", query.includeResults() ? null : true);
    }
}
