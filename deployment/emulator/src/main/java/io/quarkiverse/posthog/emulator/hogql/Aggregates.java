package io.quarkiverse.posthog.emulator.hogql;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Functions of a group of rows. */
final class Aggregates {

    /** By name: how many arguments at least, how many at most. */
    private static final Map<String, int[]> ARITY = Map.of("count", new int[] { 0, 1 }, "countif", new int[] { 1, 1 },
            "uniq", new int[] { 1, 1 }, "min", new int[] { 1, 1 }, "max", new int[] { 1, 1 }, "sum", new int[] { 1, 1 },
            "avg", new int[] { 1, 1 }, "any", new int[] { 1, 1 });

    private Aggregates() {
    }

    static boolean isAggregate(Expr expr) {
        return expr instanceof Expr.Call call && ARITY.containsKey(call.name());
    }

    static boolean occursIn(Expr expr) {
        return isAggregate(expr) || expr.children().anyMatch(Aggregates::occursIn);
    }

    static void check(Expr.Call call) {
        int[] arity = ARITY.get(call.name());
        int given = call.arguments().size();
        if (given < arity[0] || given > arity[1]) {
            throw HogQLException
                    .unsupported("Function '" + call.name() + "' got " + given + " arguments, expected " + arity[1]);
        }
        if (call.distinct() && !call.name().equals("count")) {
            throw HogQLException.unsupported("DISTINCT is supported for count only, not for '" + call.name() + "'");
        }
        if (call.arguments().stream().anyMatch(Aggregates::occursIn)) {
            throw new HogQLException("Aggregate function '" + call.name() + "' is found inside another aggregate function");
        }
    }

    static String type(Expr.Call call, Function<Expr, String> typeOf) {
        return switch (call.name()) {
            case "count", "countif", "uniq" -> "UInt64";
            case "sum", "avg" -> "Float64";
            default -> typeOf.apply(call.arguments().get(0));
        };
    }

    static Object apply(Expr.Call call, List<HogQLRow> rows, Function<HogQLRow, Object> argument) {
        if (call.arguments().isEmpty()) {
            return (long) rows.size();
        }
        var values = rows.stream().map(argument).filter(Objects::nonNull);
        return switch (call.name()) {
            case "count" -> call.distinct() ? (Object) distinct(values.toList()) : Long.valueOf(values.count());
            case "uniq" -> distinct(values.toList());
            case "countif" -> values.filter(Values::isTrue).count();
            case "min" -> values.min(Values::compare).orElse(null);
            case "max" -> values.max(Values::compare).orElse(null);
            case "any" -> values.findFirst().orElse(null);
            case "sum" -> sum(values.toList());
            default -> {
                var average = values.map(Values::number).filter(Objects::nonNull).mapToDouble(d -> d).average();
                yield average.isPresent() ? (Object) average.getAsDouble() : null;
            }
        };
    }

    private static long distinct(List<Object> values) {
        Set<Object> seen = new HashSet<>(values);
        return seen.size();
    }

    private static Object sum(List<Object> values) {
        if (values.stream().allMatch(Long.class::isInstance)) {
            return values.stream().mapToLong(value -> (Long) value).sum();
        }
        return values.stream().map(Values::number).filter(Objects::nonNull).mapToDouble(d -> d).sum();
    }
}
