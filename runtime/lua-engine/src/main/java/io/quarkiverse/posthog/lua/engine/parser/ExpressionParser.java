package io.quarkiverse.posthog.lua.engine.parser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.quarkiverse.posthog.lua.engine.interpreter.ArithmeticOperator;
import io.quarkiverse.posthog.lua.engine.tree.AddConstantExpression;
import io.quarkiverse.posthog.lua.engine.tree.AddExpression;
import io.quarkiverse.posthog.lua.engine.tree.AndExpression;
import io.quarkiverse.posthog.lua.engine.tree.ArithmeticExpression;
import io.quarkiverse.posthog.lua.engine.tree.CallExpression;
import io.quarkiverse.posthog.lua.engine.tree.ConcatExpression;
import io.quarkiverse.posthog.lua.engine.tree.Constant;
import io.quarkiverse.posthog.lua.engine.tree.DivideExpression;
import io.quarkiverse.posthog.lua.engine.tree.EqualExpression;
import io.quarkiverse.posthog.lua.engine.tree.ExpandedCallExpression;
import io.quarkiverse.posthog.lua.engine.tree.ExpandedMethodCallExpression;
import io.quarkiverse.posthog.lua.engine.tree.Expression;
import io.quarkiverse.posthog.lua.engine.tree.FieldExpression;
import io.quarkiverse.posthog.lua.engine.tree.FunctionExpression;
import io.quarkiverse.posthog.lua.engine.tree.IndexExpression;
import io.quarkiverse.posthog.lua.engine.tree.LengthExpression;
import io.quarkiverse.posthog.lua.engine.tree.LessOrEqualExpression;
import io.quarkiverse.posthog.lua.engine.tree.LessThanExpression;
import io.quarkiverse.posthog.lua.engine.tree.MethodCallExpression;
import io.quarkiverse.posthog.lua.engine.tree.ModuloExpression;
import io.quarkiverse.posthog.lua.engine.tree.MultiplyExpression;
import io.quarkiverse.posthog.lua.engine.tree.NegateExpression;
import io.quarkiverse.posthog.lua.engine.tree.NotExpression;
import io.quarkiverse.posthog.lua.engine.tree.OrExpression;
import io.quarkiverse.posthog.lua.engine.tree.ParenthesizedExpression;
import io.quarkiverse.posthog.lua.engine.tree.SubtractExpression;
import io.quarkiverse.posthog.lua.engine.tree.TableExpression;
import io.quarkiverse.posthog.lua.engine.tree.VarargExpression;

/** Compiles expressions. */
final class ExpressionParser {

    private static final int UNARY_PRIORITY = 8;
    private static final int CONCAT_PRIORITY = 5;
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
                yield new NotExpression(line, parse(UNARY_PRIORITY));
            }
            case MINUS -> {
                lexer.next();
                yield negate(line, parse(UNARY_PRIORITY));
            }
            case HASH -> {
                lexer.next();
                yield new LengthExpression(line, parse(UNARY_PRIORITY));
            }
            default -> simple();
        };
        parser.check(left);
        while (leftPriority(lexer.token) > priority) {
            Token operator = lexer.token;
            left = parser.check(operator == Token.CONCAT ? concat(left) : binary(operator, left));
        }
        parser.leave();
        return left;
    }

    private static Expression negate(int line, Expression operand) {
        if (operand instanceof Constant constant) {
            if (constant.value() instanceof Long number && number != Long.MIN_VALUE) {
                return new Constant(line, -number);
            }
            if (constant.value() instanceof Double number) {
                return new Constant(line, number == 0x1p63 ? (Object) Long.MIN_VALUE : (Object) (-number));
            }
        }
        return new NegateExpression(line, operand);
    }

    private Expression binary(Token operator, Expression left) {
        int line = lexer.line;
        lexer.next();
        FunctionScope function = parser.function;
        int temporary = function.free();
        function.setFree(temporary + 1);
        Expression right = parse(rightPriority(operator));
        function.setFree(temporary);
        boolean literal = right instanceof Constant constant && constant.value() instanceof Long number
                && number != Long.MIN_VALUE;
        return switch (operator) {
            case OR -> new OrExpression(line, left, right);
            case AND -> new AndExpression(line, left, right);
            case EQUAL -> new EqualExpression(line, left, right, temporary, true);
            case NOT_EQUAL -> new EqualExpression(line, left, right, temporary, false);
            case LESS -> new LessThanExpression(line, left, right, temporary, false);
            case GREATER -> new LessThanExpression(line, left, right, temporary, true);
            case LESS_OR_EQUAL -> new LessOrEqualExpression(line, left, right, temporary, false);
            case GREATER_OR_EQUAL -> new LessOrEqualExpression(line, left, right, temporary, true);
            case PLUS -> literal ? new AddConstantExpression(line, left, (Constant) right, ArithmeticOperator.ADD)
                    : new AddExpression(line, left, right, temporary);
            case MINUS -> literal ? new AddConstantExpression(line, left, (Constant) right, ArithmeticOperator.SUBTRACT)
                    : new SubtractExpression(line, left, right, temporary);
            case STAR -> new MultiplyExpression(line, left, right, temporary);
            case SLASH -> new DivideExpression(line, left, right, temporary);
            case PERCENT -> new ModuloExpression(line, left, right, temporary);
            case DOUBLE_SLASH -> new ArithmeticExpression(line, ArithmeticOperator.FLOOR_DIVIDE, left, right, temporary);
            default -> new ArithmeticExpression(line, ArithmeticOperator.POWER, left, right, temporary);
        };
    }

    private Expression concat(Expression first) {
        int line = lexer.line;
        FunctionScope function = parser.function;
        int base = function.free();
        List<Expression> operands = new ArrayList<>();
        operands.add(first);
        while (parser.accept(Token.CONCAT)) {
            function.setFree(base + operands.size());
            operands.add(parse(CONCAT_PRIORITY));
        }
        function.setFree(base + operands.size());
        function.setFree(base);
        return new ConcatExpression(line, operands.toArray(Expression[]::new), base);
    }

    private static int leftPriority(Token token) {
        return switch (token) {
            case OR -> 1;
            case AND -> 2;
            case LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL -> 3;
            case CONCAT -> CONCAT_PRIORITY;
            case PLUS, MINUS -> 6;
            case STAR, SLASH, DOUBLE_SLASH, PERCENT -> 7;
            case CARET -> 10;
            default -> 0;
        };
    }

    private static int rightPriority(Token token) {
        return token == Token.CARET ? 9 : leftPriority(token);
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
        Expression rest = arguments.length == 0 ? null : arguments[arguments.length - 1];
        if (rest == null || !rest.isMultiple()) {
            return method == null ? new CallExpression(line, callee, arguments, base)
                    : new MethodCallExpression(line, callee, method, arguments, base);
        }
        Expression[] others = Arrays.copyOf(arguments, arguments.length - 1);
        return method == null ? new ExpandedCallExpression(line, callee, others, rest, base)
                : new ExpandedMethodCallExpression(line, callee, method, others, rest, base);
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
