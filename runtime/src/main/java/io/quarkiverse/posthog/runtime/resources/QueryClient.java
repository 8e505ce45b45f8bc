package io.quarkiverse.posthog.runtime.resources;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.posthog.ApiError;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.PostHogValidationException;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryColumn;
import io.quarkiverse.posthog.query.QueryResult;
import io.quarkiverse.posthog.query.QueryRow;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.Backoff;
import io.quarkiverse.posthog.runtime.rest.Deadline;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.PathSegment;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.quarkiverse.posthog.runtime.rest.api.QueryDtos.Query;
import io.quarkiverse.posthog.runtime.rest.api.QueryDtos.QueryRequest;
import io.quarkiverse.posthog.runtime.rest.api.QueryDtos.QueryResponse;
import io.quarkiverse.posthog.runtime.rest.api.QueryDtos.QueryStatus;
import io.quarkiverse.posthog.runtime.rest.api.RequestBody;
import io.quarkiverse.posthog.runtime.support.CallerContext;
import io.quarkiverse.posthog.runtime.support.ConcurrencyLimiter;
import io.quarkiverse.posthog.runtime.support.PostHogJsonWriter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** HogQL queries over PostHog's REST API. */
public final class QueryClient {

    private static final ApiPath QUERIES = ApiPath.of("/api/projects/{project}/query/");
    private static final ApiPath STATUS_OF_QUERY = ApiPath.of("/api/projects/{project}/query/{id}/");
    private static final Operation<PostHogApi> QUERY = Operation.read("query", Limit.QUERIES);
    private static final Operation<PostHogApi> STATUS = Operation.read("query.status", Limit.QUERIES);
    private static final Operation<PostHogApi> CANCEL = Operation.read("query.cancel", Limit.QUERIES);

    private static final Backoff POLLS = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5), 0);

    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {
    };

    private static final int MANY_ROWS = 10_000;

    private final ApiExecutor calls;
    private final ConcurrencyLimiter concurrency;

    public QueryClient(ApiExecutor calls) {
        this.calls = calls;
        this.concurrency = new ConcurrencyLimiter(
                calls.account().isRateLimited() ? calls.account().config().rateLimit().concurrentQueries() : 0);
    }

    public Uni<QueryResult> run(HogQLQuery query) {
        return Uni.createFrom().deferred(() -> {
            RequestBody request = calls.body(request(query));
            return concurrency.run(Uni.createFrom().deferred(() -> new Run(request).result()));
        });
    }

    public Multi<QueryRow> rows(HogQLQuery query) {
        return run(query).onItem().transformToMulti(result -> {
            Multi<QueryRow> rows = Multi.createFrom().iterable(result.rows());
            return QueryLimit.of(query.hogql()).truncatedByServer(result)
                    .map(reason -> Multi.createBy().concatenating().streams(rows,
                            Multi.createFrom().<QueryRow> failure(calls.invalidResponse(QUERY, reason))))
                    .orElse(rows);
        });
    }

    private QueryRequest request(HogQLQuery query) {
        return new QueryRequest(new Query("HogQLQuery", PostHogJsonWriter.text(query.hogql()), values(query)),
                query.refresh().value(), query.name() == null ? null : PostHogJsonWriter.text(query.name()));
    }

    /**
     * Converts the values before the request, so that the caller gets the exception for a value that can't be written as JSON.
     */
    private Map<String, Object> values(HogQLQuery query) {
        return query.values().isEmpty() ? Map.of() : PostHogJsonWriter.convert(calls.values(), query.values(), VALUES);
    }

    /**
     * A query, which ends within {@code query-timeout} after its first request. Waiting for that request to be allowed has
     * limits of its own.
     */
    private final class Run {

        private final RequestBody request;
        private final Deadline deadline = Deadline.afterBegin(calls.account().config().queryTimeout(), calls);
        private volatile boolean inBackground;

        Run(RequestBody request) {
            this.request = request;
        }

        Uni<QueryResult> result() {
            return deadline.limit(calls.read(QUERY, QueryResponse.class, api -> {
                deadline.begin();
                return ApiCall.post(calls.inProject(QUERIES), request).apply(api);
            }).chain(this::complete), this::timedOut);
        }

        private PostHogException timedOut() {
            String limit = " within " + calls.account().config().queryTimeout().toMillis() + " ms; raise "
                    + AccountNames.key(calls.account().name(), "query-timeout") + " to wait longer";
            return inBackground ? calls.invalidResponse(QUERY, "the query did not complete in the background" + limit)
                    : new PostHogConnectionException(calls.account().name(), QUERY.name(),
                            "no response from " + calls.account().api() + limit, new TimeoutException());
        }

        /** PostHog may put any query into the background. */
        private Uni<QueryResult> complete(QueryResponse response) {
            QueryStatus status = response.queryStatus();
            if (response.results() == null && status != null) {
                inBackground = true;
                return poll(status, 0).onCancellation().invoke(() -> cancel(id(status)));
            }
            if (response.results() == null) {
                return Uni.createFrom().failure(calls.invalidResponse(QUERY, "the query has no results"
                        + (response.error() == null ? "" : ": " + response.error())));
            }
            return converted(response);
        }

        private Uni<QueryResult> poll(QueryStatus status, int polls) {
            if (status.error()) {
                return Uni.createFrom().failure(new PostHogValidationException(new ApiError(calls.account().name(),
                        QUERY.name(), 400, "validation_error", null, status.errorMessage(), null, null, Map.of())));
            }
            if (status.complete()) {
                if (status.results() == null || status.results().results() == null) {
                    return Uni.createFrom().failure(calls.invalidResponse(QUERY, "the query is complete, but has no results"));
                }
                return converted(status.results());
            }
            Optional<PathSegment> id = id(status);
            if (id.isEmpty()) {
                return Uni.createFrom()
                        .failure(calls.invalidResponse(QUERY, "the query runs in the background without a usable ID"));
            }
            return calls.pause(POLLS.delay(polls))
                    .chain(() -> calls.read(STATUS, QueryResponse.class, ApiCall.get(path(id.get()))))
                    .chain(response -> response.queryStatus() == null
                            ? Uni.createFrom().failure(calls.invalidResponse(STATUS, "the response has no query_status"))
                            : poll(response.queryStatus(), polls + 1));
        }
    }

    /** Returns the ID of a query; empty if PostHog returned no ID, or one that can't be sent. */
    private static Optional<PathSegment> id(QueryStatus status) {
        try {
            return Optional.of(PathSegment.of("id", status.id()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private ApiPath path(PathSegment id) {
        return calls.inProject(STATUS_OF_QUERY).with("id", id);
    }

    /** The caller does not wait for this request, nor does it depend on its success. */
    private void cancel(Optional<PathSegment> query) {
        query.ifPresent(id -> calls.request(CANCEL, ApiCall.delete(path(id))).subscribe().with(ignored -> {
        }, failure -> {
        }));
    }

    /** Converts a response, on a worker thread if it has many rows. */
    private Uni<QueryResult> converted(QueryResponse response) {
        Uni<QueryResult> result = Uni.createFrom().item(() -> result(response));
        return response.results().size() <= MANY_ROWS ? result
                : CallerContext.keep(result.runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
    }

    private QueryResult result(QueryResponse response) {
        List<QueryColumn> columns = columns(response);
        List<QueryRow> rows = response.results().stream().map(row -> row(columns, row)).toList();
        return new QueryResult(columns, rows, response.hasMore(), response.isCached(), response.lastRefresh(), response.hogql(),
                response.additionalProperties());
    }

    private QueryRow row(List<QueryColumn> columns, List<Object> cells) {
        if (cells == null || cells.size() < columns.size()) {
            throw calls.invalidResponse(QUERY, "a row has " + (cells == null ? "no" : cells.size()) + " cells for "
                    + columns.size() + " columns");
        }
        return new QueryRow(columns, cells);
    }

    private static List<QueryColumn> columns(QueryResponse response) {
        List<String> names = response.columns() == null ? List.of() : response.columns();
        List<QueryColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<Object> type = response.types() == null || i >= response.types().size() ? List.of() : response.types().get(i);
            columns.add(new QueryColumn(names.get(i), type.size() < 2 ? null : String.valueOf(type.get(1))));
        }
        return QueryColumn.distinct(columns);
    }
}
