package io.quarkiverse.posthog.runtime.functions.catalog;

import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.optional;
import static io.quarkiverse.posthog.runtime.functions.FunctionParameter.required;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.query.QueryResult;
import io.quarkiverse.posthog.runtime.functions.FunctionAccount;
import io.quarkiverse.posthog.runtime.functions.FunctionBehavior;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.FunctionError;
import io.quarkiverse.posthog.runtime.functions.FunctionException;
import io.quarkiverse.posthog.runtime.functions.Invocation;
import io.quarkiverse.posthog.runtime.functions.ParameterType;
import io.quarkiverse.posthog.runtime.functions.ResultForm;
import io.quarkiverse.posthog.runtime.functions.ResultForm.Field;
import io.quarkiverse.posthog.runtime.functions.result.RowForm;
import io.smallrye.mutiny.Uni;

/** Runs HogQL queries. */
final class QueryFunction {

    private static final int MAX_ROWS = 1_000;

    private static final RowForm ROW = RowForm.of().personal("*");

    static final FunctionDefinition QUERY = new FunctionDefinition("posthog_query", "Run a HogQL query",
            "Runs one SELECT in HogQL, PostHog's SQL, to count and aggregate. Tables: events (event, timestamp, distinct_id, "
                    + "properties.x, person.properties.x), persons and others. Always bound timestamp." + CommonParameters.DATA,
            Effect.READ,
            List.of(required("query", ParameterType.STRING,
                    "select event, count() as n from events where timestamp > now() - interval 7 day group by event order by n desc",
                    "The query; its LIMIT is at most limit.").maxLength(20_000),
                    optional("values", ParameterType.OBJECT, Map.of("event", "$pageview"),
                            "Values of placeholders such as {event}, instead of quoting them."),
                    optional("limit", ParameterType.INTEGER, 20, "Most rows to return.").between(1, MAX_ROWS)
                            .withDefault(CommonParameters.MAX_ROWS)),
            ResultForm.list(new Field("(column)", "any", "The cells of the row, by the name of their column.")),
            (FunctionBehavior.Read) QueryFunction::query);

    private QueryFunction() {
    }

    private static Uni<ObjectNode> query(Invocation call) {
        int limit = call.arguments().number("limit");
        HogQLQuery query = HogQLQuery.of(limited(call.arguments().text("query").orElseThrow(), limit));
        for (Map.Entry<String, Object> value : call.arguments().object("values").orElse(Map.of()).entrySet()) {
            query = query.value(value.getKey(), value.getValue());
        }
        return call.shaped(call.account().posthog().query(query), result -> list(call, result, limit));
    }

    private static String limited(String hogql, int limit) {
        try {
            return FunctionAccount.limitedQuery(hogql, limit);
        } catch (IllegalArgumentException e) {
            throw new FunctionException(FunctionError.of(FunctionError.Type.VALIDATION, e.getMessage()).field("query")
                    .hint("Pass one SELECT statement."));
        }
    }

    private static ObjectNode list(Invocation call, QueryResult result, int limit) {
        List<ObjectNode> rows = result.rows().stream().limit(limit).map(row -> call.results().row(row, ROW)).toList();
        boolean more = result.hasMore() || result.rows().size() > limit;
        ObjectNode list = call.results().list(rows, kept -> null,
                more ? "There are more rows. Aggregate, narrow the selection, or add ORDER BY and OFFSET " + rows.size() + "."
                        : null);
        ArrayNode columns = JsonNodeFactory.instance.arrayNode();
        result.columns().forEach(column -> columns.add(column.name()));
        list.put("is_cached", result.isCached());
        list.put("last_refresh", result.lastRefresh() == null ? null : result.lastRefresh().toString());
        if (columns.toString().length() < 2_000) {
            list.set("columns", columns);
        }
        return list;
    }
}
