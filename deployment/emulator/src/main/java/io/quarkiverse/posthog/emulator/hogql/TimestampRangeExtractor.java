package io.quarkiverse.posthog.emulator.hogql;

import java.util.List;

import io.quarkiverse.posthog.emulator.store.TimeRange;

/** Derives a range of timestamps from a condition, so that not all rows have to be read. */
final class TimestampRangeExtractor {

    private static final Expr TIMESTAMP = new Expr.Column(List.of("timestamp"));

    private final Evaluator evaluator;

    TimestampRangeExtractor(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    TimeRange of(Expr condition) {
        return narrow(TimeRange.ALL, condition);
    }

    private TimeRange narrow(TimeRange range, Expr condition) {
        if (!(condition instanceof Expr.Call call) || call.arguments().size() != 2) {
            return range;
        }
        Expr left = call.arguments().get(0);
        Expr right = call.arguments().get(1);
        if (call.name().equals("and")) {
            return narrow(narrow(range, left), right);
        } else if (left instanceof Expr.Tuple a && right instanceof Expr.Tuple b) {
            // A tuple is decided by its first element, unless that one is equal
            boolean lower = call.name().startsWith(">");
            return lower || call.name().startsWith("<")
                    ? bound(range, lower ? ">=" : "<=", a.elements().get(0), b.elements().get(0))
                    : range;
        }
        return bound(range, call.name(), left, right);
    }

    private TimeRange bound(TimeRange range, String operator, Expr left, Expr right) {
        if (!left.equals(TIMESTAMP) || !isConstant(right)) {
            return range;
        }
        Object value = evaluator.value(right, null);
        if (value == null) {
            return range;
        }
        return switch (operator) {
            case ">" -> range.from(Values.instant(value), false);
            case ">=" -> range.from(Values.instant(value), true);
            case "<" -> range.to(Values.instant(value), false);
            case "<=" -> range.to(Values.instant(value), true);
            default -> range;
        };
    }

    private static boolean isConstant(Expr expr) {
        return !(expr instanceof Expr.Column) && expr.children().allMatch(TimestampRangeExtractor::isConstant);
    }
}
