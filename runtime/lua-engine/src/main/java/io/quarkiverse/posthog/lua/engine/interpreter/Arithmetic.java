package io.quarkiverse.posthog.lua.engine.interpreter;

import io.quarkiverse.posthog.lua.engine.LuaError;
import io.quarkiverse.posthog.lua.engine.LuaValues;
import io.quarkiverse.posthog.lua.engine.tree.Expression;

/** Arithmetic with conversion of strings, metamethods and errors. */
public final class Arithmetic {

    private Arithmetic() {
    }

    /** Applies an operator. The expressions are for the error message, and can be null. */
    public static Object apply(Execution execution, ArithmeticOperator operator, Object first, Object second, Expression left,
            Expression right) {
        Object a = Numbers.toNumber(execution, first);
        Object b = Numbers.toNumber(execution, second);
        if (a != null && b != null) {
            if (a instanceof Long x && b instanceof Long y) {
                return operator.apply((long) x, (long) y);
            }
            return operator.apply(((Number) a).doubleValue(), ((Number) b).doubleValue());
        }
        Object[] result = Metamethods.callBinary(execution, operator.event, first, second);
        if (result != null) {
            return result[0];
        }
        throw a == null ? notNumber(execution, first, left) : notNumber(execution, second, right);
    }

    /** Negates a value. */
    public static Object negate(Execution execution, Object value, Expression expression) {
        Object number = Numbers.toNumber(execution, value);
        if (number instanceof Long integer) {
            return integer == Long.MIN_VALUE ? (Object) (-(double) integer) : (Object) (-integer);
        }
        if (number instanceof Double real) {
            return -real;
        }
        Object[] result = Metamethods.callBinary(execution, "__unm", value, value);
        if (result != null) {
            return result[0];
        }
        throw notNumber(execution, value, expression);
    }

    /** Returns the remainder of a division that rounds down. */
    public static double modulo(double a, double b) {
        double remainder = a % b;
        return remainder != 0 && remainder < 0 != b < 0 ? remainder + b : remainder;
    }

    private static LuaError notNumber(Execution execution, Object value, Expression expression) {
        return execution
                .error("attempt to perform arithmetic on a " + LuaValues.typeName(value) + " value" + Calls.name(expression));
    }
}
