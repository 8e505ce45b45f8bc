package io.quarkiverse.posthog.emulator.hogql;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.quarkiverse.posthog.emulator.store.TimeRange;

/** Runs a query. */
public final class HogQLEngine {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 50_000;
    private static final List<String> TIMESTAMP = List.of("timestamp");

    private final HogQLSource source;
    private final Select select;
    private final Evaluator evaluator;
    private final int limit;

    private HogQLEngine(HogQLSource source, Select select, Instant now) {
        this.source = source;
        this.select = select;
        this.evaluator = new Evaluator(new Functions(now));
        this.limit = select.limit() == null ? DEFAULT_LIMIT : Math.min(select.limit(), MAX_LIMIT);
    }

    /**
     * @param values for the placeholders
     * @throws HogQLException when the query is not understood
     */
    public static HogQLResult run(String sql, Map<String, JsonNode> values, HogQLSource source, Instant now) {
        Map<String, Object> constants = new HashMap<>();
        values.forEach((name, value) -> constants.put(name, Values.of(value)));
        try {
            return new HogQLEngine(source, Parser.parse(sql, constants), now).run();
        } catch (DateTimeException | ArithmeticException e) {
            throw new HogQLException("Date out of range: " + e.getMessage());
        } catch (StackOverflowError e) {
            // Parser and evaluator are recursive; since they only read, nothing is left half done
            throw HogQLException.unsupported("Query is nested too deeply");
        }
    }

    /** A row of the result with its sort keys. */
    private record Line(List<Object> keys, List<Object> cells) {
    }

    private HogQLResult run() {
        List<String> types = check();
        List<Line> lines = select.aggregates() ? groups() : rows();
        if (!select.orderBy().isEmpty()) {
            lines.sort((a, b) -> compare(a.keys(), b.keys()));
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        lines.stream().skip(select.offset()).limit(limit).forEach(line -> {
            ArrayNode row = rows.addArray();
            line.cells().forEach(cell -> row.add(Values.toJson(cell)));
        });
        boolean hasMore = lines.size() > (long) select.offset() + limit;
        return new HogQLResult(select.items().stream().map(Select.Item::name).toList(), types, rows, hasMore, limit,
                select.offset());
    }

    private List<String> check() {
        if (select.where() != null) {
            evaluator.type(select.where());
            if (Aggregates.occursIn(select.where())) {
                throw new HogQLException("Aggregate function is found in WHERE");
            }
        }
        select.groupBy().forEach(evaluator::type);
        select.orderBy().forEach(order -> evaluator.type(order.expr()));
        if (select.aggregates()) {
            select.items().forEach(item -> requireGrouped(item.expr()));
            select.orderBy().forEach(order -> requireGrouped(order.expr()));
        }
        return select.items().stream().map(item -> evaluator.type(item.expr())).toList();
    }

    private void requireGrouped(Expr expr) {
        if (select.groupBy().contains(expr) || Aggregates.isAggregate(expr)) {
            return;
        }
        if (expr instanceof Expr.Column column) {
            throw new HogQLException("Column `" + String.join(".", column.path())
                    + "` is not under aggregate function and not in GROUP BY");
        }
        expr.children().forEach(this::requireGrouped);
    }

    private Iterator<HogQLRow> matching(boolean descending) {
        TimeRange range = new TimestampRangeExtractor(evaluator).of(select.where());
        return source.rows(range, descending)
                .filter(row -> select.where() == null || Values.isTrue(evaluator.value(select.where(), row))).iterator();
    }

    /** Rows are ordered by timestamp. If that is the first sort key, reading can stop after the last required row. */
    private List<Line> rows() {
        boolean ordered = !select.orderBy().isEmpty();
        boolean byTime = ordered && select.orderBy().get(0).expr() instanceof Expr.Column column
                && column.path().equals(TIMESTAMP);
        boolean mayStop = byTime || !ordered;
        boolean descending = byTime && select.orderBy().get(0).descending();
        long wanted = (long) select.offset() + limit + 1;
        List<Line> lines = new ArrayList<>();
        Instant lastWanted = null;
        for (Iterator<HogQLRow> rows = matching(descending); rows.hasNext();) {
            HogQLRow row = rows.next();
            boolean enough = mayStop && lines.size() >= wanted;
            if (enough && (!byTime || !row.timestamp().equals(lastWanted))) {
                break;
            }
            lastWanted = row.timestamp();
            lines.add(line(row, null));
        }
        return lines;
    }

    private List<Line> groups() {
        Map<List<Object>, List<HogQLRow>> groups = new LinkedHashMap<>();
        if (select.groupBy().isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        matching(false).forEachRemaining(row -> {
            List<Object> key = new ArrayList<>();
            select.groupBy().forEach(expr -> key.add(evaluator.value(expr, row)));
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
        });
        List<Line> lines = new ArrayList<>();
        groups.values().forEach(group -> lines.add(line(group.isEmpty() ? null : group.get(0), group)));
        return lines;
    }

    private Line line(HogQLRow row, List<HogQLRow> group) {
        List<Object> keys = new ArrayList<>();
        select.orderBy().forEach(order -> keys.add(evaluator.value(order.expr(), row, group)));
        List<Object> cells = new ArrayList<>();
        select.items().forEach(item -> cells.add(evaluator.value(item.expr(), row, group)));
        return new Line(keys, cells);
    }

    /** Nulls come last in either direction, as in ClickHouse. */
    private int compare(List<Object> left, List<Object> right) {
        for (int i = 0; i < left.size(); i++) {
            Object a = left.get(i);
            Object b = right.get(i);
            if (a == null || b == null) {
                if (a != b) {
                    return a == null ? 1 : -1;
                }
                continue;
            }
            int order = Values.order(a, b);
            if (order != 0) {
                return select.orderBy().get(i).descending() ? -order : order;
            }
        }
        return 0;
    }
}
