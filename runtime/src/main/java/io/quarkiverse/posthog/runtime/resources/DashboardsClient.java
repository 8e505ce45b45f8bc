package io.quarkiverse.posthog.runtime.resources;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.dashboards.Dashboard;
import io.quarkiverse.posthog.dashboards.DashboardQuery;
import io.quarkiverse.posthog.dashboards.Dashboards;
import io.quarkiverse.posthog.runtime.rest.ApiCalls;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.Pages;
import io.quarkiverse.posthog.runtime.rest.Parameters;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Dashboards over PostHog's REST API. */
public final class DashboardsClient implements Dashboards {

    private static final Operation LIST = Operation.read("dashboards.list", Limit.MANAGEMENT);
    private static final Operation PAGE = Operation.read("dashboards.page", Limit.MANAGEMENT);
    private static final Operation GET = Operation.read("dashboards.get", Limit.MANAGEMENT).computing();

    private final ApiCalls calls;
    private final ObjectMapper mapper;

    public DashboardsClient(ApiCalls calls, ObjectMapper mapper) {
        this.calls = calls;
        this.mapper = mapper;
    }

    @Override
    public Multi<Dashboard> list(DashboardQuery query) {
        return pages(LIST).walk(query.paging(), parameters(query));
    }

    @Override
    public Uni<Page<Dashboard>> page(DashboardQuery query) {
        return pages(PAGE).page(query.paging(), parameters(query));
    }

    @Override
    public Uni<Dashboard> get(long id) {
        return calls.api(GET, api -> api.getDashboard(calls.account().projectId(), id));
    }

    private Pages<Dashboard> pages(Operation operation) {
        return new Pages<>(calls, operation, Dashboard::id, parameters -> calls.api(operation,
                api -> api.listDashboards(calls.account().projectId(), parameters)));
    }

    private Parameters parameters(DashboardQuery query) {
        return new Parameters(mapper).with("search", query.search());
    }
}
