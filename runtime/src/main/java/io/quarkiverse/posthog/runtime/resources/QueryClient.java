package io.quarkiverse.posthog.runtime.resources;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.ApiError;
import io.quarkiverse.posthog.PostHogValidationException;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryColumn;
import io.quarkiverse.posthog.query.QueryResult;
import io.quarkiverse.posthog.query.QueryRow;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.rest.AcceptedJson;
import io.quarkiverse.posthog.runtime.rest.ApiCalls;
import io.quarkiverse.posthog.runtime.rest.ConcurrencyLimit;
import io.quarkiverse.posthog.runtime.rest.Delays;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.QueryMessages.Query;
import io.quarkiverse.posthog.runtime.rest.QueryMessages.QueryRequest;
import io.quarkiverse.posthog.runtime.rest.QueryMessages.QueryResponse;
import io.quarkiverse.posthog.runtime.rest.QueryMessages.QueryStatus;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** HogQL queries over PostHog's REST API. */
public final class QueryClient {

    private static final Operation QUERY = Operation.read("query", Limit.QUERIES);
    private static final Operation STATUS = Operation.read("query.status", Limit.QUERIES);
    private static final Operation CANCEL = Operation.read("query.cancel", Limit.QUERIES);

    private static final Duration FIRST_POLL = Duration.ofMillis(250);
    private static final Duration SLOWEST_POLL = Duration.ofSeconds(5);

    private final ApiCalls calls;
    private final ObjectMapper mapper;
    private final Delays delays;
    private final ConcurrencyLimit concurrency;

    public QueryClient(ApiCalls calls, ObjectMapper mapper, Delays delays) {
        this.calls = calls;
        this.mapper = mapper;
        this.delays = delays;
        this.concurrency = new ConcurrencyLimit(
                calls.account().budgeted() ? calls.account().config().budget().concurrentQueries() : 0);
    }

    public Uni<QueryResult> run(HogQLQuery query) {
        return Uni.createFrom().deferred(() -> {
            QueryRequest request = request(query);
            return concurrency.run(calls.api(QUERY, api -> api.runQuery(project(), request)).chain(this::complete));
        });
    }

    public Multi<QueryRow> rows(HogQLQuery query) {
        return run(query).onItem().transformToMulti(result -> {
            Multi<QueryRow> rows = Multi.createFrom().iterable(result.rows());
            return QueryLimit.of(query.hogql()).cutUnasked(result)
                    .map(reason -> Multi.createBy().concatenating().streams(rows,
                            Multi.createFrom().<QueryRow> failure(calls.nonsense(QUERY, reason))))
                    .orElse(rows);
        });
    }

    private QueryRequest request(HogQLQuery query) {
        // Converted here, so that a value that is no JSON is the caller's error and not a broken request
        Map<String, Object> values = AcceptedJson.convert(mapper, query.values(), new TypeReference<>() {
        });
        return new QueryRequest(new Query("HogQLQuery", AcceptedJson.text(query.hogql()), values), query.refresh().value(),
                query.name() == null ? null : AcceptedJson.text(query.name()));
    }

    /** PostHog may put any query into the background. */
    private Uni<QueryResult> complete(QueryResponse response) {
        QueryStatus status = response.queryStatus();
        if (response.results() == null && status != null) {
            return poll(status);
        }
        if (response.results() == null) {
            return Uni.createFrom().failure(calls.nonsense(QUERY, "the query has no results"
                    + (response.error() == null ? "" : ": " + response.error())));
        }
        return Uni.createFrom().item(() -> result(response));
    }

    private Uni<QueryResult> poll(QueryStatus status) {
        Duration patience = calls.account().config().queryTimeout();
        return poll(status, FIRST_POLL, System.nanoTime() + patience.toNanos())
                .onCancellation().call(() -> cancel(status.id()));
    }

    private Uni<QueryResult> poll(QueryStatus status, Duration wait, long deadline) {
        if (status.error()) {
            return Uni.createFrom().failure(new PostHogValidationException(new ApiError(calls.account().name(), QUERY.name(),
                    400, "validation_error", null, status.errorMessage(), null, null, Map.of())));
        }
        if (status.complete()) {
            if (status.results() == null || status.results().results() == null) {
                return Uni.createFrom().failure(calls.nonsense(QUERY, "the query is complete, but has no results"));
            }
            return Uni.createFrom().item(() -> result(status.results()));
        }
        if (System.nanoTime() > deadline) {
            return cancel(status.id()).chain(() -> Uni.createFrom().failure(calls.nonsense(QUERY,
                    "the query did not complete in the background within " + calls.account().config().queryTimeout().toMillis()
                            + " ms; raise " + AccountNames.key(calls.account().name(), "query-timeout") + " to wait longer")));
        }
        if (status.id() == null || AcceptedJson.isMalformed(status.id())) {
            return Uni.createFrom().failure(calls.nonsense(QUERY, "the query runs in the background without a usable id"));
        }
        Duration next = wait.multipliedBy(2).compareTo(SLOWEST_POLL) > 0 ? SLOWEST_POLL : wait.multipliedBy(2);
        return delays.after(wait)
                .chain(() -> calls.api(STATUS, api -> api.getQuery(project(), status.id())))
                .chain(response -> response.queryStatus() == null
                        ? Uni.createFrom().failure(calls.nonsense(STATUS, "there is no query_status"))
                        : poll(response.queryStatus(), next, deadline));
    }

    /** Nobody waits for the query any longer. Whether PostHog stops it is of no consequence. */
    private Uni<Void> cancel(String id) {
        return calls.api(CANCEL, api -> api.cancelQuery(project(), id)).replaceWithVoid().onFailure().recoverWithNull();
    }

    private QueryResult result(QueryResponse response) {
        List<QueryColumn> columns = columns(response);
        List<QueryRow> rows = response.results().stream().map(row -> new QueryRow(columns, row)).toList();
        return new QueryResult(columns, rows, response.hasMore(), response.isCached(), response.lastRefresh(), response.hogql(),
                response.additionalProperties());
    }

    private static List<QueryColumn> columns(QueryResponse response) {
        List<String> names = response.columns() == null ? List.of() : response.columns();
        List<QueryColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<Object> type = response.types() == null || i >= response.types().size() ? List.of() : response.types().get(i);
            columns.add(new QueryColumn(names.get(i), type.size() < 2 ? null : String.valueOf(type.get(1))));
        }
        return List.copyOf(columns);
    }

    private String project() {
        return calls.account().projectId();
    }
}
