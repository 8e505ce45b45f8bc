package io.quarkiverse.posthog.lua.engine.interpreter;

import io.quarkiverse.posthog.lua.engine.LuaError;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.LuaValues;

/** Comparisons of any values. Integers and doubles are compared by their exact values. */
public final class Comparison {

    private static final double TWO_63 = 0x1p63;

    private Comparison() {
    }

    /** Compares with the metamethod {@code __eq}. */
    public static boolean equal(Execution execution, Object a, Object b) {
        if (rawEqual(execution, a, b)) {
            return true;
        }
        if (a instanceof LuaTable first && b instanceof LuaTable second && first.metatable() != null
                && second.metatable() != null) {
            Object handler = first.metatable().get("__eq");
            if (handler != null && rawEqual(execution, handler, second.metatable().get("__eq"))) {
                return LuaValues.isTrue(Metamethods.call(execution, handler, a, b));
            }
        }
        return false;
    }

    /** Compares without metamethods. */
    public static boolean rawEqual(Execution execution, Object a, Object b) {
        if (a instanceof String x) {
            if (!(b instanceof String y) || x.length() != y.length()) {
                return false;
            }
            execution.stepsForBytes(x.length());
            return x.equals(y);
        }
        if (a instanceof Long x) {
            return b instanceof Long y ? x.longValue() == y.longValue() : b instanceof Double z && compareMixed(x, z) == 0;
        }
        if (a instanceof Double x) {
            return b instanceof Double y ? x.doubleValue() == y.doubleValue() : b instanceof Long z && compareMixed(z, x) == 0;
        }
        return a == b;
    }

    /** Returns whether {@code a < b}. */
    public static boolean lessThan(Execution execution, Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            return x < y;
        }
        if (a instanceof Number && b instanceof Number) {
            return compareNumbers(a, b) == -1;
        }
        if (a instanceof String x && b instanceof String y) {
            execution.stepsForBytes(Math.min(x.length(), y.length()));
            return x.compareTo(y) < 0;
        }
        Object[] result = Metamethods.callBinary(execution, "__lt", a, b);
        if (result == null) {
            throw notComparable(execution, a, b);
        }
        return LuaValues.isTrue(result[0]);
    }

    /** Returns whether {@code a <= b}. */
    public static boolean lessOrEqual(Execution execution, Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            return x <= y;
        }
        if (a instanceof Number && b instanceof Number) {
            int order = compareNumbers(a, b);
            return order == -1 || order == 0;
        }
        if (a instanceof String x && b instanceof String y) {
            execution.stepsForBytes(Math.min(x.length(), y.length()));
            return x.compareTo(y) <= 0;
        }
        Object[] result = Metamethods.callBinary(execution, "__le", a, b);
        if (result != null) {
            return LuaValues.isTrue(result[0]);
        }
        result = Metamethods.callBinary(execution, "__lt", b, a);
        if (result == null) {
            throw notComparable(execution, a, b);
        }
        return !LuaValues.isTrue(result[0]);
    }

    /** Returns -1, 0 or 1, or 2 if one of the numbers is NaN. */
    private static int compareNumbers(Object a, Object b) {
        if (a instanceof Long x) {
            return b instanceof Long y ? Long.compare(x, y) : compareMixed(x, (Double) b);
        }
        if (b instanceof Long y) {
            int order = compareMixed(y, (Double) a);
            return order == 2 ? 2 : -order;
        }
        double x = (Double) a;
        double y = (Double) b;
        return x < y ? -1 : x > y ? 1 : x == y ? 0 : 2;
    }

    private static int compareMixed(long a, double b) {
        if (b != b) {
            return 2;
        }
        if (b >= TWO_63) {
            return -1;
        }
        if (b < -TWO_63) {
            return 1;
        }
        double floor = Math.floor(b);
        int order = Long.compare(a, (long) floor);
        return order == 0 && floor < b ? -1 : order;
    }

    private static LuaError notComparable(Execution execution, Object a, Object b) {
        String first = LuaValues.typeName(a);
        String second = LuaValues.typeName(b);
        return execution.error(first.equals(second) ? "attempt to compare two " + first + " values"
                : "attempt to compare " + first + " with " + second);
    }
}
