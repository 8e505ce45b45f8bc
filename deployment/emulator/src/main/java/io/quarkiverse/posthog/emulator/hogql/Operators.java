package io.quarkiverse.posthog.emulator.hogql;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Operators, by the names under which the parser notes them. */
final class Operators {

    static final Set<String> LOGICAL = Set.of("and", "or", "not", "=", "!=", "<", "<=", ">", ">=", "in", "like", "ilike",
            "isnull");
    static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%");

    private Operators() {
    }

    /** Everything but AND, OR and NOT; comparing with null yields null. */
    static Object apply(String operator, Object left, Object right) {
        if (operator.equals("isnull")) {
            return left == null;
        } else if (left == null || right == null) {
            return null;
        }
        return switch (operator) {
            case "=" -> Values.compare(left, right) == 0;
            case "!=" -> Values.compare(left, right) != 0;
            case "<" -> Values.compare(left, right) < 0;
            case "<=" -> Values.compare(left, right) <= 0;
            case ">" -> Values.compare(left, right) > 0;
            case ">=" -> Values.compare(left, right) >= 0;
            case "in" -> isIn(left, right);
            case "like" -> like(left, right, 0);
            case "ilike" -> like(left, right, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            default -> arithmetic(operator, left, right);
        };
    }

    private static boolean isIn(Object left, Object right) {
        List<?> candidates = right instanceof List<?> list ? list : List.of(right);
        return candidates.stream().anyMatch(candidate -> candidate != null && Values.compare(left, candidate) == 0);
    }

    private static boolean like(Object left, Object right, int flags) {
        String pattern = Pattern.quote(Values.text(right)).replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q");
        return Pattern.compile(pattern, flags | Pattern.DOTALL).matcher(Values.text(left)).matches();
    }

    private static Object arithmetic(String operator, Object left, Object right) {
        if (right instanceof Expr.Interval interval && (operator.equals("+") || operator.equals("-"))) {
            return Values.shifted(left, interval, operator.equals("+") ? 1 : -1);
        }
        Double a = Values.number(left);
        Double b = Values.number(right);
        if (a == null || b == null) {
            throw HogQLException.unsupported("Illegal types of arguments of operator " + operator);
        }
        double result = switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            default -> a % b;
        };
        boolean whole = left instanceof Long && right instanceof Long && !operator.equals("/");
        return whole ? (Object) (long) result : Double.valueOf(result);
    }
}
