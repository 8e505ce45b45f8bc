package io.quarkiverse.posthog.emulator.hogql;

import java.util.ArrayList;
import java.util.List;

/** Evaluates expressions and determines their types. */
final class Evaluator {

    private final Functions functions;

    Evaluator(Functions functions) {
        this.functions = functions;
    }

    /** The ClickHouse type of an expression; throws when a name in it is unknown. */
    String type(Expr expr) {
        if (expr instanceof Expr.Column column) {
            return Columns.type(column);
        } else if (expr instanceof Expr.Literal literal) {
            return literal.value() instanceof Long ? "Int64" : literal.value() instanceof Double ? "Float64" : "String";
        } else if (expr instanceof Expr.Tuple tuple) {
            return "Tuple(" + String.join(", ", tuple.elements().stream().map(this::type).toList()) + ")";
        }
        Expr.Call call = (Expr.Call) expr;
        List<String> arguments = call.arguments().stream().map(this::type).toList();
        if (Operators.LOGICAL.contains(call.name())) {
            return "Bool";
        } else if (Operators.ARITHMETIC.contains(call.name())) {
            return arguments.get(0).startsWith("Date") ? "DateTime('UTC')" : "Float64";
        } else if (Aggregates.isAggregate(call)) {
            Aggregates.check(call);
            return Aggregates.type(call, this::type);
        }
        return functions.forCall(call).type();
    }

    Object value(Expr expr, HogQLRow row) {
        return value(expr, row, null);
    }

    /**
     * @param row any row of the group, {@code null} for an empty one
     * @param group {@code null} outside of aggregation
     */
    Object value(Expr expr, HogQLRow row, List<HogQLRow> group) {
        if (expr instanceof Expr.Literal literal) {
            return literal.value();
        } else if (expr instanceof Expr.Column column) {
            return row == null ? null : Columns.value(column, row);
        } else if (expr instanceof Expr.Tuple tuple) {
            return values(tuple.elements(), row, group);
        }
        Expr.Call call = (Expr.Call) expr;
        if (group != null && Aggregates.isAggregate(call)) {
            return Aggregates.apply(call, group, member -> value(call.arguments().get(0), member));
        } else if (Operators.LOGICAL.contains(call.name()) || Operators.ARITHMETIC.contains(call.name())) {
            return operation(call, row, group);
        }
        return functions.forCall(call).body().apply(values(call.arguments(), row, group));
    }

    private Object operation(Expr.Call call, HogQLRow row, List<HogQLRow> group) {
        Object left = value(call.arguments().get(0), row, group);
        switch (call.name()) {
            case "and":
                return Values.isTrue(left) && Values.isTrue(value(call.arguments().get(1), row, group));
            case "or":
                return Values.isTrue(left) || Values.isTrue(value(call.arguments().get(1), row, group));
            case "not":
                return left == null ? null : (Object) !Values.isTrue(left);
            default:
                Object right = call.arguments().size() < 2 ? null : value(call.arguments().get(1), row, group);
                return Operators.apply(call.name(), left, right);
        }
    }

    private List<Object> values(List<Expr> exprs, HogQLRow row, List<HogQLRow> group) {
        List<Object> values = new ArrayList<>(exprs.size());
        exprs.forEach(expr -> values.add(value(expr, row, group)));
        return values;
    }
}
