package io.quarkiverse.posthog.runtime.resources;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.dashboards.Dashboard;
import io.quarkiverse.posthog.dashboards.DashboardQuery;
import io.quarkiverse.posthog.dashboards.Dashboards;
import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.quarkiverse.posthog.runtime.rest.pagination.Paginator;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Reads dashboards with PostHog's REST API. */
public final class DashboardsClient implements Dashboards {

    private static final Operation<PostHogApi> LIST = Operation.read("dashboards.list", Limit.CRUD);
    private static final Operation<PostHogApi> PAGE = Operation.read("dashboards.page", Limit.CRUD);
    private static final Operation<PostHogApi> GET = Operation.read("dashboards.get", Limit.CRUD)
            .on(ApiEndpoint.QUERIES);

    private static final TypeReference<PageResponse<Dashboard>> PAGE_OF_DASHBOARDS = new TypeReference<>() {
    };

    private final ApiExecutor calls;

    public DashboardsClient(ApiExecutor calls) {
        this.calls = calls;
    }

    @Override
    public Multi<Dashboard> list(DashboardQuery query) {
        return Multi.createFrom().deferred(() -> pages(LIST).walk(query.paging(), parameters(query)));
    }

    @Override
    public Uni<Page<Dashboard>> page(DashboardQuery query) {
        return Uni.createFrom().deferred(() -> pages(PAGE).page(query.paging(), parameters(query)));
    }

    @Override
    public Uni<Dashboard> get(long id) {
        return calls.read(GET, Dashboard.class, api -> api.getDashboard(calls.project(), id));
    }

    private Paginator<Dashboard> pages(Operation<PostHogApi> operation) {
        return new Paginator<>(calls, operation, Dashboard::id, parameters -> calls.read(operation, PAGE_OF_DASHBOARDS,
                api -> api.listDashboards(calls.project(), parameters)));
    }

    private Parameters parameters(DashboardQuery query) {
        return new Parameters(calls.mapper()).with("search", query.search());
    }
}
