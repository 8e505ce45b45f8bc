package io.quarkiverse.posthog.lua.engine.parser;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.posthog.lua.engine.interpreter.Expression;
import io.quarkiverse.posthog.lua.engine.tree.CallExpression;
import io.quarkiverse.posthog.lua.engine.tree.ConcatExpression;
import io.quarkiverse.posthog.lua.engine.tree.Constant;
import io.quarkiverse.posthog.lua.engine.tree.FieldExpression;
import io.quarkiverse.posthog.lua.engine.tree.FunctionExpression;
import io.quarkiverse.posthog.lua.engine.tree.IndexExpression;
import io.quarkiverse.posthog.lua.engine.tree.LengthExpression;
import io.quarkiverse.posthog.lua.engine.tree.MethodCallExpression;
import io.quarkiverse.posthog.lua.engine.tree.NotExpression;
import io.quarkiverse.posthog.lua.engine.tree.ParenthesizedExpression;
import io.quarkiverse.posthog.lua.engine.tree.TableExpression;
import io.quarkiverse.posthog.lua.engine.tree.VarargExpression;

/** Compiles expressions. */
final class ExpressionParser {

    private static final Expression[] NONE = {};

    private final Parser parser;
    private final Lexer lexer;

    ExpressionParser(Parser parser) {
        this.parser = parser;
        this.lexer = parser.lexer;
    }

    Expression parse() {
        return parse(0);
    }

    /** Compiles operators that bind more tightly than a priority. The first free slot is the same afterwards. */
    private Expression parse(int priority) {
        parser.enter();
        int line = lexer.line;
        Expression left = switch (lexer.token) {
            case NOT -> {
                lexer.next();
                yield new NotExpression(line, parse(Operators.UNARY_PRIORITY));
            }
            case MINUS -> {
                lexer.next();
                yield Operators.negate(line, parse(Operators.UNARY_PRIORITY));
            }
            case HASH -> {
                lexer.next();
                yield new LengthExpression(line, parse(Operators.UNARY_PRIORITY));
            }
            default -> simple();
        };
        parser.check(left);
        while (Operators.leftPriority(lexer.token) > priority) {
            Token operator = lexer.token;
            left = parser.check(operator == Token.CONCAT ? concat(left) : binary(operator, left));
        }
        parser.leave();
        return left;
    }

    private Expression binary(Token operator, Expression left) {
        int line = lexer.line;
        lexer.next();
        FunctionScope function = parser.function;
        int temporary = function.free();
        function.setFree(temporary + 1);
        Expression right = parse(Operators.rightPriority(operator));
        function.setFree(temporary);
        return Operators.create(operator, line, left, right, temporary);
    }

    private Expression concat(Expression first) {
        int line = lexer.line;
        FunctionScope function = parser.function;
        int base = function.free();
        List<Expression> operands = new ArrayList<>();
        operands.add(first);
        while (parser.accept(Token.CONCAT)) {
            function.setFree(base + operands.size());
            operands.add(parse(Operators.CONCAT_PRIORITY));
        }
        function.setFree(base + operands.size());
        function.setFree(base);
        return new ConcatExpression(line, operands.toArray(Expression[]::new), base);
    }

    private Expression simple() {
        int line = lexer.line;
        Expression literal = switch (lexer.token) {
            case NUMBER, STRING -> new Constant(line, lexer.value);
            case NIL -> new Constant(line, null);
            case TRUE -> new Constant(line, true);
            case FALSE -> new Constant(line, false);
            case DOTS -> vararg(line);
            default -> null;
        };
        if (literal != null) {
            lexer.next();
            return literal;
        }
        if (lexer.token == Token.LEFT_BRACE) {
            return table();
        }
        if (parser.accept(Token.FUNCTION)) {
            return new FunctionExpression(line, parser.parseFunction(null, false, line));
        }
        return suffixed();
    }

    private Expression vararg(int line) {
        if (!parser.function.vararg) {
            throw lexer.error("cannot use '...' outside a vararg function");
        }
        return new VarargExpression(line);
    }

    /** Compiles a variable, a field, a call or a parenthesized expression. */
    Expression suffixed() {
        int firstLine = lexer.line;
        Expression expression = primary();
        while (true) {
            int line = lexer.line;
            switch (lexer.token) {
                case DOT -> {
                    lexer.next();
                    expression = new FieldExpression(line, expression, parser.name());
                }
                case LEFT_BRACKET -> expression = index(expression, line);
                case COLON -> {
                    lexer.next();
                    expression = call(expression, parser.name(), firstLine);
                }
                case LEFT_PARENTHESIS, STRING, LEFT_BRACE -> expression = call(expression, null, firstLine);
                default -> {
                    return expression;
                }
            }
            parser.check(expression);
        }
    }

    private Expression primary() {
        int line = lexer.line;
        if (lexer.token == Token.NAME) {
            return parser.function.resolve(parser.name(), line);
        }
        if (parser.accept(Token.LEFT_PARENTHESIS)) {
            Expression inner = parse();
            parser.expectClosing(Token.RIGHT_PARENTHESIS, Token.LEFT_PARENTHESIS, line);
            return inner.isMultiple() || inner.path() != null || inner instanceof IndexExpression
                    ? new ParenthesizedExpression(inner)
                    : inner;
        }
        throw lexer.error("unexpected symbol");
    }

    private Expression index(Expression table, int line) {
        FunctionScope function = parser.function;
        int temporary = function.free();
        function.setFree(temporary + 1);
        lexer.next();
        Expression key = parse();
        parser.expect(Token.RIGHT_BRACKET);
        function.setFree(temporary);
        if (key instanceof Constant constant && constant.value() instanceof String name) {
            return new FieldExpression(line, table, name);
        }
        return new IndexExpression(line, table, key, temporary);
    }

    /** Compiles the arguments of a call, whose function, object and arguments get slots. */
    private Expression call(Expression callee, String method, int line) {
        FunctionScope function = parser.function;
        int base = function.free();
        function.setFree(base + (method == null ? 1 : 2));
        Expression[] arguments = arguments();
        function.setFree(base + arguments.length + 2);
        function.setFree(base);
        return method == null ? new CallExpression(line, callee, arguments, base)
                : new MethodCallExpression(line, callee, method, arguments, base);
    }

    private Expression[] arguments() {
        int line = lexer.line;
        if (lexer.token == Token.STRING) {
            Expression argument = new Constant(line, lexer.value);
            lexer.next();
            return new Expression[] { argument };
        }
        if (lexer.token == Token.LEFT_BRACE) {
            return new Expression[] { table() };
        }
        if (!parser.accept(Token.LEFT_PARENTHESIS)) {
            throw lexer.error("function arguments expected");
        }
        if (parser.accept(Token.RIGHT_PARENTHESIS)) {
            return NONE;
        }
        FunctionScope function = parser.function;
        int first = function.free();
        List<Expression> list = new ArrayList<>();
        do {
            function.setFree(first + list.size());
            list.add(parse());
        } while (parser.accept(Token.COMMA));
        parser.expectClosing(Token.RIGHT_PARENTHESIS, Token.LEFT_PARENTHESIS, line);
        return list.toArray(Expression[]::new);
    }

    private Expression table() {
        int line = lexer.line;
        FunctionScope function = parser.function;
        int temporary = function.free();
        function.setFree(temporary + 3);
        parser.enter();
        parser.expect(Token.LEFT_BRACE);
        List<Expression> items = new ArrayList<>();
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        Expression last = null;
        while (lexer.token != Token.RIGHT_BRACE) {
            last = null;
            int fieldLine = lexer.line;
            if (lexer.token == Token.NAME && lexer.lookAhead() == Token.ASSIGN) {
                keys.add(new Constant(fieldLine, parser.name()));
                lexer.next();
                values.add(parse());
            } else if (parser.accept(Token.LEFT_BRACKET)) {
                keys.add(parse());
                parser.expect(Token.RIGHT_BRACKET);
                parser.expect(Token.ASSIGN);
                values.add(parse());
            } else {
                last = parse();
                items.add(last);
            }
            if (!parser.accept(Token.COMMA) && !parser.accept(Token.SEMICOLON)) {
                break;
            }
        }
        parser.expectClosing(Token.RIGHT_BRACE, Token.LEFT_BRACE, line);
        parser.leave();
        function.setFree(temporary);
        if (last != null && last.isMultiple()) {
            items.remove(items.size() - 1);
        } else {
            last = null;
        }
        return parser.check(
                new TableExpression(line, items.toArray(NONE), keys.toArray(NONE), values.toArray(NONE), last, temporary));
    }
}
