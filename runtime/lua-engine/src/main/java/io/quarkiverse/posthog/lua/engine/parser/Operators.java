package io.quarkiverse.posthog.lua.engine.parser;

import io.quarkiverse.posthog.lua.engine.interpreter.ArithmeticOperator;
import io.quarkiverse.posthog.lua.engine.interpreter.Expression;
import io.quarkiverse.posthog.lua.engine.tree.AddConstantExpression;
import io.quarkiverse.posthog.lua.engine.tree.AddExpression;
import io.quarkiverse.posthog.lua.engine.tree.AndExpression;
import io.quarkiverse.posthog.lua.engine.tree.ArithmeticExpression;
import io.quarkiverse.posthog.lua.engine.tree.Constant;
import io.quarkiverse.posthog.lua.engine.tree.DivideExpression;
import io.quarkiverse.posthog.lua.engine.tree.EqualExpression;
import io.quarkiverse.posthog.lua.engine.tree.LessOrEqualExpression;
import io.quarkiverse.posthog.lua.engine.tree.LessThanExpression;
import io.quarkiverse.posthog.lua.engine.tree.ModuloExpression;
import io.quarkiverse.posthog.lua.engine.tree.MultiplyExpression;
import io.quarkiverse.posthog.lua.engine.tree.NegateExpression;
import io.quarkiverse.posthog.lua.engine.tree.OrExpression;
import io.quarkiverse.posthog.lua.engine.tree.SubtractExpression;

/** The priorities of operators, and their expressions. */
final class Operators {

    static final int UNARY_PRIORITY = 8;
    static final int CONCAT_PRIORITY = 5;

    private Operators() {
    }

    static int leftPriority(Token token) {
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

    static int rightPriority(Token token) {
        return token == Token.CARET ? 9 : leftPriority(token);
    }

    /** Returns the negation of an operand, which is a literal for a literal. */
    static Expression negate(int line, Expression operand) {
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

    /** Returns the expression of a binary operator, except of concatenation. */
    static Expression create(Token operator, int line, Expression left, Expression right, int temporary) {
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
}
