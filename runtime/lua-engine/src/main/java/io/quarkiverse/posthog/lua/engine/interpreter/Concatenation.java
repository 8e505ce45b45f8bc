package io.quarkiverse.posthog.lua.engine.interpreter;

import io.quarkiverse.posthog.lua.engine.LuaError;
import io.quarkiverse.posthog.lua.engine.LuaValues;
import io.quarkiverse.posthog.lua.engine.tree.Expression;

/** The operator {@code ..}. It is right associative, and all strings and numbers at the right are joined at once. */
public final class Concatenation {

    private Concatenation() {
    }

    /** Concatenates values in slots. The expressions are for the error message. */
    public static Object concat(Execution execution, Object[] slots, int base, Expression[] expressions) {
        int end = expressions.length;
        Object right = null;
        while (true) {
            int start = end;
            while (start > 0 && isText(slots[base + start - 1])) {
                start--;
            }
            if (right == null || isText(right)) {
                right = join(execution, slots, base + start, base + end, right);
                end = start;
            }
            if (end == 0) {
                return right;
            }
            Object left = slots[base + end - 1];
            if (right == null) {
                right = left;
                end--;
                if (end == 0) {
                    return right;
                }
                left = slots[base + end - 1];
            }
            Object[] result = Metamethods.callBinary(execution, "__concat", left, right);
            if (result == null) {
                boolean leftWrong = !isText(left);
                throw notText(execution, leftWrong ? left : right,
                        expressions[leftWrong ? end - 1 : Math.min(end, expressions.length - 1)]);
            }
            right = result[0];
            end--;
            if (right == null && end > 0) {
                throw notText(execution, null, null);
            }
        }
    }

    private static boolean isText(Object value) {
        return value instanceof String || value instanceof Number;
    }

    private static Object join(Execution execution, Object[] slots, int from, int to, Object right) {
        if (to - from == 0) {
            return right;
        }
        if (to - from == 1 && right == null) {
            return slots[from];
        }
        String first = text(slots[from]);
        if (to - from == 2 && right == null || to - from == 1) {
            String second = text(right == null ? slots[from + 1] : right);
            long length = (long) first.length() + second.length();
            check(execution, length);
            execution.allocate(Sizes.string(length));
            execution.stepsForBytes(length);
            return first.concat(second);
        }
        long length = 0;
        for (int i = from; i < to; i++) {
            String text = text(slots[i]);
            slots[i] = text;
            length += text.length();
        }
        check(execution, length + (right == null ? 0 : 100));
        ByteBuilder builder = new ByteBuilder(execution, (int) length);
        for (int i = from; i < to; i++) {
            builder.append((String) slots[i]);
        }
        if (right != null) {
            builder.append(text(right));
        }
        return builder.finish();
    }

    private static void check(Execution execution, long length) {
        if (length > Integer.MAX_VALUE - 64) {
            throw execution.error("string length overflow");
        }
    }

    private static String text(Object value) {
        return value instanceof String string ? string : LuaValues.toText(value);
    }

    private static LuaError notText(Execution execution, Object value, Expression expression) {
        return execution.error("attempt to concatenate a " + LuaValues.typeName(value) + " value" + Calls.name(expression));
    }
}
