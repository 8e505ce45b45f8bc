package io.quarkiverse.posthog.emulator.hogql;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Recursive descent over expressions, from OR down to constants and columns. */
final class ExpressionParser {

    private static final Map<String, String> COMPARISONS = Map.of("=", "=", "==", "=", "!=", "!=", "<>", "!=", "<", "<",
            "<=", "<=", ">", ">", ">=", ">=");

    private final TokenReader tokens;
    private final Map<String, Object> values;

    ExpressionParser(TokenReader tokens, Map<String, Object> values) {
        this.tokens = tokens;
        this.values = values;
    }

    Expr parse() {
        Expr left = conjunction();
        while (tokens.takeKeyword("or")) {
            left = Expr.call("or", left, conjunction());
        }
        return left;
    }

    /** The number of a LIMIT or OFFSET. */
    int count() {
        Token token = tokens.peek();
        if (primary() instanceof Expr.Literal literal && literal.value() instanceof Long number && number >= 0
                && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw tokens.error(token, "expected a number but found " + token.text());
    }

    private Expr conjunction() {
        Expr left = negation();
        while (tokens.takeKeyword("and")) {
            left = Expr.call("and", left, negation());
        }
        return left;
    }

    private Expr negation() {
        return tokens.takeKeyword("not") ? Expr.call("not", negation()) : comparison();
    }

    private Expr comparison() {
        Expr left = sum();
        Token token = tokens.peek();
        if (token.kind() == Token.Kind.SYMBOL && COMPARISONS.containsKey(token.text())) {
            tokens.next();
            return Expr.call(COMPARISONS.get(token.text()), left, sum());
        }
        if (tokens.takeKeyword("is")) {
            boolean not = tokens.takeKeyword("not");
            tokens.expectKeyword("null");
            return negatedIf(not, Expr.call("isnull", left));
        }
        boolean not = token.isKeyword("not") && tokens.takeKeyword("not");
        if (tokens.takeKeyword("in")) {
            return negatedIf(not, Expr.call("in", left, primary()));
        } else if (tokens.takeKeyword("like")) {
            return negatedIf(not, Expr.call("like", left, sum()));
        } else if (tokens.takeKeyword("ilike")) {
            return negatedIf(not, Expr.call("ilike", left, sum()));
        } else if (tokens.takeKeyword("between")) {
            Expr from = sum();
            tokens.expectKeyword("and");
            return negatedIf(not, Expr.call("and", Expr.call(">=", left, from), Expr.call("<=", left, sum())));
        } else if (not) {
            throw tokens.error(tokens.peek(), "expected IN, LIKE, ILIKE or BETWEEN but found " + tokens.peek().text());
        }
        return left;
    }

    private static Expr negatedIf(boolean not, Expr expr) {
        return not ? Expr.call("not", expr) : expr;
    }

    private Expr sum() {
        Expr left = product();
        while (tokens.peek().isSymbol("+") || tokens.peek().isSymbol("-")) {
            left = Expr.call(tokens.next().text(), left, product());
        }
        return left;
    }

    private Expr product() {
        Expr left = unary();
        while (tokens.peek().isSymbol("*") || tokens.peek().isSymbol("/") || tokens.peek().isSymbol("%")) {
            left = Expr.call(tokens.next().text(), left, unary());
        }
        return left;
    }

    private Expr unary() {
        return tokens.takeSymbol("-") ? Expr.call("-", new Expr.Literal(0L), unary()) : primary();
    }

    private Expr primary() {
        Token token = tokens.next();
        switch (token.kind()) {
            case STRING:
                return new Expr.Literal(token.text());
            case NUMBER:
                return new Expr.Literal(number(token));
            case PLACEHOLDER:
                if (!values.containsKey(token.text())) {
                    throw new HogQLException("Unresolved placeholder: {" + token.text() + "}");
                }
                return new Expr.Literal(values.get(token.text()));
            case QUOTED_WORD:
                return column(token);
            case WORD:
                return word(token);
            default:
                if (token.isSymbol("(") || token.isSymbol("[")) {
                    return parenthesized(token.isSymbol("(") ? ")" : "]");
                }
                throw tokens.error(token, "unexpected " + token.text());
        }
    }

    private Object number(Token token) {
        try {
            return token.text().contains(".") ? (Object) Double.valueOf(token.text()) : Long.valueOf(token.text());
        } catch (NumberFormatException e) {
            throw tokens.error(token, "number out of range: " + token.text());
        }
    }

    private Expr word(Token token) {
        switch (token.text().toLowerCase(Locale.ROOT)) {
            case "null":
                return new Expr.Literal(null);
            case "true":
                return new Expr.Literal(true);
            case "false":
                return new Expr.Literal(false);
            case "interval":
                return interval();
            default:
                return tokens.takeSymbol("(") ? call(token) : column(token);
        }
    }

    private Expr interval() {
        int amount = count();
        Token unit = tokens.next();
        try {
            String name = unit.text().toUpperCase(Locale.ROOT).replaceFirst("S$", "") + "S";
            return new Expr.Literal(new Expr.Interval(amount, ChronoUnit.valueOf(name)));
        } catch (IllegalArgumentException e) {
            throw tokens.error(unit, "unknown interval unit " + unit.text());
        }
    }

    private Expr call(Token name) {
        boolean distinct = tokens.takeKeyword("distinct");
        List<Expr> arguments = new ArrayList<>();
        if (!tokens.takeSymbol(")")) {
            if (!(tokens.peek().isSymbol("*") && tokens.peekSecond().isSymbol(")") && tokens.takeSymbol("*"))) {
                arguments.addAll(list());
            }
            tokens.expectSymbol(")");
        }
        return new Expr.Call(name.text().toLowerCase(Locale.ROOT), distinct, arguments);
    }

    private Expr column(Token first) {
        List<String> path = new ArrayList<>(List.of(first.text()));
        while (true) {
            if (tokens.takeSymbol(".")) {
                path.add(tokens.word());
            } else if (tokens.peek().isSymbol("[") && tokens.peekSecond().kind() == Token.Kind.STRING) {
                tokens.next();
                path.add(tokens.next().text());
                tokens.expectSymbol("]");
            } else {
                return new Expr.Column(path);
            }
        }
    }

    private Expr parenthesized(String close) {
        List<Expr> elements = list();
        tokens.expectSymbol(close);
        return elements.size() == 1 && close.equals(")") ? elements.get(0) : new Expr.Tuple(elements);
    }

    private List<Expr> list() {
        List<Expr> elements = new ArrayList<>();
        do {
            elements.add(parse());
        } while (tokens.takeSymbol(","));
        return elements;
    }
}
