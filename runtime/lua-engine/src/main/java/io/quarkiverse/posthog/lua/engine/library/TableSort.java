package io.quarkiverse.posthog.lua.engine.library;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.LuaValues;
import io.quarkiverse.posthog.lua.engine.interpreter.Comparison;
import io.quarkiverse.posthog.lua.engine.interpreter.Execution;
import io.quarkiverse.posthog.lua.engine.interpreter.Sizes;

/**
 * A call of the function {@code sort}: a merge sort, which ends after a limited number of comparisons for all results of the
 * order function. The table is changed at the end.
 */
final class TableSort {

    private final Execution execution;
    private final LuaTable table;
    private final LuaFunction order;
    private final int length;

    TableSort(Execution execution, LuaArguments arguments) {
        this.execution = execution;
        this.table = arguments.table(1);
        this.order = arguments.get(2) == null ? null : arguments.function(2);
        long size = TableLibrary.length(execution, table);
        if (size > Integer.MAX_VALUE / 2) {
            throw arguments.error(1, "array too big");
        }
        this.length = (int) Math.max(0, size);
    }

    void run() {
        if (length < 2) {
            return;
        }
        execution.allocate(2 * Sizes.slots(length));
        execution.steps(length >> 2);
        Object[] source = new Object[length];
        Object[] target = new Object[length];
        for (int i = 0; i < length; i++) {
            source[i] = table.get(i + 1L);
        }
        int kept = execution.keep(source);
        execution.keep(target);
        for (int width = 1; width < length && width > 0; width *= 2) {
            for (int from = 0; from < length; from += 2 * width) {
                merge(source, target, from, Math.min(from + width, length), (int) Math.min(from + 2L * width, length));
                if (from > length - 2 * width) {
                    break;
                }
            }
            Object[] swapped = source;
            source = target;
            target = swapped;
        }
        for (int i = 0; i < length; i++) {
            table.set(i + 1L, source[i]);
        }
        execution.forget(kept);
        execution.release(2 * Sizes.slots(length));
    }

    private void merge(Object[] source, Object[] target, int from, int middle, int to) {
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeLeft = right >= to || left < middle && !lessThan(source[right], source[left]);
            target[i] = takeLeft ? source[left++] : source[right++];
        }
    }

    private boolean lessThan(Object a, Object b) {
        execution.steps(1);
        if (order == null) {
            return Comparison.lessThan(execution, a, b);
        }
        return LuaValues.isTrue(LuaFunction.first(execution.call(order, a, b)));
    }
}
