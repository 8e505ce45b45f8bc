package io.quarkiverse.posthog.emulator.hogql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recursive descent over the clauses of a SELECT; expressions are left to {@link ExpressionParser}. */
final class Parser {

    private static final Set<String> CLAUSES = Set.of("from", "where", "group", "order", "limit", "offset", "having",
            "union", "join", "prewhere", "as", "and", "or");

    private final TokenReader tokens;
    private final ExpressionParser expressions;
    private final Map<String, Expr> aliases = new HashMap<>();

    private Parser(String sql, Map<String, Object> values) {
        this.tokens = new TokenReader(sql);
        this.expressions = new ExpressionParser(tokens, values);
    }

    static Select parse(String sql, Map<String, Object> values) {
        return new Parser(sql, values).select();
    }

    private Select select() {
        tokens.expectKeyword("select");
        List<Select.Item> items = items();
        if (tokens.peek().kind() == Token.Kind.END) {
            throw HogQLException.unsupported("SELECT without FROM");
        }
        tokens.expectKeyword("from");
        Token table = tokens.next();
        if (!table.isKeyword("events")) {
            throw tokens.error(table, "unknown table \"" + table.text() + "\", only events is supported");
        }
        Expr where = tokens.takeKeyword("where") ? expressions.parse() : null;
        List<Expr> groupBy = new ArrayList<>();
        if (tokens.takeKeyword("group")) {
            tokens.expectKeyword("by");
            do {
                groupBy.add(expressions.parse());
            } while (tokens.takeSymbol(","));
        }
        List<Select.Order> orderBy = new ArrayList<>();
        if (tokens.takeKeyword("order")) {
            tokens.expectKeyword("by");
            do {
                orderBy.add(order());
            } while (tokens.takeSymbol(","));
        }
        Integer limit = tokens.takeKeyword("limit") ? Integer.valueOf(expressions.count()) : null;
        int offset = tokens.takeKeyword("offset") ? expressions.count() : 0;
        tokens.expectEnd();
        return new Select(items, where == null ? null : resolve(where),
                groupBy.stream().map(expr -> resolve(meant(expr, items))).toList(),
                orderBy.stream().map(o -> new Select.Order(resolve(meant(o.expr(), items)), o.descending())).toList(), limit,
                offset);
    }

    /** A number in GROUP BY or ORDER BY is the position of a column. */
    private static Expr meant(Expr expr, List<Select.Item> items) {
        if (!(expr instanceof Expr.Literal literal) || !(literal.value() instanceof Long position)) {
            return expr;
        } else if (position < 1 || position > items.size()) {
            throw new HogQLException("Positional argument out of bounds: " + position);
        }
        return items.get(position.intValue() - 1).expr();
    }

    private List<Select.Item> items() {
        List<Select.Item> items = new ArrayList<>();
        do {
            if (tokens.takeSymbol("*")) {
                Columns.STAR.forEach(name -> items.add(new Select.Item(new Expr.Column(List.of(name)), name)));
            } else {
                items.add(item());
            }
        } while (tokens.takeSymbol(","));
        return items;
    }

    private Select.Item item() {
        int start = tokens.peek().position();
        Expr expr = expressions.parse();
        String text = tokens.textSince(start);
        String alias = alias();
        if (alias != null && !Columns.STAR.contains(alias)) {
            aliases.put(alias, expr);
        }
        return new Select.Item(expr, alias != null ? alias : expr instanceof Expr.Column column ? last(column) : text);
    }

    private static String last(Expr.Column column) {
        return column.path().get(column.path().size() - 1);
    }

    private String alias() {
        if (tokens.takeKeyword("as")) {
            return tokens.word();
        }
        Token next = tokens.peek();
        boolean word = next.kind() == Token.Kind.WORD && !CLAUSES.contains(next.text().toLowerCase(java.util.Locale.ROOT));
        return word || next.kind() == Token.Kind.QUOTED_WORD ? tokens.next().text() : null;
    }

    private Select.Order order() {
        Expr expr = expressions.parse();
        boolean descending = tokens.takeKeyword("desc");
        if (!descending) {
            tokens.takeKeyword("asc");
        }
        return new Select.Order(expr, descending);
    }

    private Expr resolve(Expr expr) {
        if (expr instanceof Expr.Column column) {
            Expr meant = column.path().size() == 1 ? aliases.get(column.path().get(0)) : null;
            return meant != null ? meant : expr;
        } else if (expr instanceof Expr.Call call) {
            return new Expr.Call(call.name(), call.distinct(), call.arguments().stream().map(this::resolve).toList());
        } else if (expr instanceof Expr.Tuple tuple) {
            return new Expr.Tuple(tuple.elements().stream().map(this::resolve).toList());
        }
        return expr;
    }
}
