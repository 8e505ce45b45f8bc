package io.quarkiverse.posthog.runtime.resources;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.dashboards.Dashboard;
import io.quarkiverse.posthog.dashboards.DashboardQuery;
import io.quarkiverse.posthog.dashboards.Dashboards;
import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Reads dashboards with PostHog's REST API. */
public final class DashboardsClient implements Dashboards {

    private static final Operation<PostHogApi> LIST = Operation.read("dashboards.list", Limit.CRUD);
    private static final Operation<PostHogApi> PAGE = Operation.read("dashboards.page", Limit.CRUD);
    private static final Operation<PostHogApi> GET = Operation.read("dashboards.get", Limit.CRUD)
            .on(ApiEndpoint.QUERIES);

    private static final ApiPath DASHBOARDS = ApiPath.of("/api/projects/{project}/dashboards/");
    private static final ApiPath DASHBOARD = ApiPath.of("/api/projects/{project}/dashboards/{id}/");

    private final ApiExecutor calls;

    public DashboardsClient(ApiExecutor calls) {
        this.calls = calls;
    }

    @Override
    public Multi<Dashboard> list(DashboardQuery query) {
        return dashboards().all(LIST, query.paging(), () -> parameters(query));
    }

    @Override
    public Uni<Page<Dashboard>> page(DashboardQuery query) {
        return dashboards().page(PAGE, query.paging(), () -> parameters(query));
    }

    @Override
    public Uni<Dashboard> get(long id) {
        return calls.read(GET, Dashboard.class, ApiCall.get(calls.inProject(DASHBOARD).with("id", id)));
    }

    private ResourceList<Dashboard> dashboards() {
        return ResourceList.of(calls, calls.inProject(DASHBOARDS), Dashboard.class, Dashboard::id);
    }

    private Parameters parameters(DashboardQuery query) {
        return new Parameters(calls.mapper()).with("search", query.search());
    }
}
