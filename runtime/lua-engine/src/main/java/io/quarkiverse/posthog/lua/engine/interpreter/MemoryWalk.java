package io.quarkiverse.posthog.lua.engine.interpreter;

import java.util.Arrays;

import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.LuaTracer;

/**
 * Computes the size of all objects that are reachable from some roots. It does not recurse, so the structure of the objects
 * does not
 * matter. It uses about 8 bytes for each different string and 4 bytes for each object that it still has to visit.
 */
final class MemoryWalk implements LuaTracer {

    private final int epoch;
    private long total;
    private Object[] pending = new Object[256];
    private int pendingCount;
    private String[] strings = new String[1024];
    private int stringCount;

    MemoryWalk(int epoch) {
        this.epoch = epoch;
    }

    /** Visits a frame. The memory of the frame itself is counted separately. */
    void visitFrame(Frame frame) {
        for (Object value : frame.slots) {
            visit(value);
        }
        visit(frame.varargs);
        visit(frame.closure);
        visit(frame.entry);
        visit(frame.result);
        visit(frame.tail);
    }

    @Override
    public void visit(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return;
        }
        if (value instanceof String string) {
            if (string.length() > 1 && isNew(string)) {
                total += Sizes.string(string.length());
            }
        } else if (value instanceof LuaTable table) {
            if (!table.marked(epoch)) {
                push(table);
            }
        } else if (value instanceof LuaFunction function) {
            if (!function.marked(epoch)) {
                push(function);
            }
        } else if (value instanceof Cell cell) {
            if (!cell.marked(epoch)) {
                push(cell);
            }
        } else if (value instanceof ByteBuilder buffer) {
            total += buffer.size();
        } else if (value instanceof Object[] values && values.length > 0) {
            push(values);
        }
    }

    @Override
    public void add(long bytes) {
        total += bytes;
    }

    long total() {
        while (pendingCount > 0) {
            Object object = pending[--pendingCount];
            if (object instanceof LuaTable table) {
                table.trace(this);
            } else if (object instanceof LuaFunction function) {
                function.trace(this);
            } else if (object instanceof Cell cell) {
                total += Sizes.CELL;
                visit(cell.value);
            } else {
                Object[] values = (Object[]) object;
                total += Sizes.slots(values.length);
                for (Object value : values) {
                    visit(value);
                }
            }
        }
        return total;
    }

    private void push(Object object) {
        if (pendingCount == pending.length) {
            pending = Arrays.copyOf(pending, pendingCount * 2);
        }
        pending[pendingCount++] = object;
    }

    /** Uses identity hash codes, because a script can choose strings with the same hash code. */
    private boolean isNew(String string) {
        if (stringCount * 2 >= strings.length) {
            String[] old = strings;
            strings = new String[old.length * 2];
            for (String other : old) {
                if (other != null) {
                    strings[slot(other)] = other;
                }
            }
        }
        int slot = slot(string);
        if (strings[slot] != null) {
            return false;
        }
        strings[slot] = string;
        stringCount++;
        return true;
    }

    private int slot(String string) {
        int mask = strings.length - 1;
        int hash = System.identityHashCode(string) * 0x9E3779B9;
        int slot = hash >>> 7 & mask;
        while (strings[slot] != null && strings[slot] != string) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
