package io.quarkiverse.posthog.lua.engine;

import java.util.Arrays;

import io.quarkiverse.posthog.lua.engine.interpreter.Execution;
import io.quarkiverse.posthog.lua.engine.interpreter.Sizes;

/**
 * A Lua table. All methods are raw: they do not call metamethods. A table belongs to the state that created it, which counts
 * its
 * memory. Create tables with {@link LuaState#newTable()}.
 *
 * <p>
 * The values of the keys {@code 1..n} are in an array. All other pairs are in a hash table that keeps the order of insertion,
 * so a
 * traversal always has the same order. A pair whose value is set to nil keeps its key until the hash table is rebuilt, so a
 * script
 * may clear fields while it traverses a table.
 */
public final class LuaTable {

    /** The position after the last pair of a traversal. */
    public static final int END = Integer.MIN_VALUE;

    private static final Object[] NONE = {};
    /** The key of an entry that has moved to the array. */
    private static final Object MOVED = new Object();
    private static final int FREE_PROBES = 16;

    private final Execution execution;
    private LuaTable metatable;
    private Object[] array = NONE;
    /**
     * The border: {@code array[count - 1]} is not nil, and neither the array nor the hash table has the key {@code count + 1}.
     */
    private int count;
    /** Open addressing: the number of an entry plus one, or zero. Null if the hash table is empty. */
    private int[] index;
    private Object[] keys = NONE;
    private Object[] values = NONE;
    private int used;
    private boolean integerKeys;
    private int mark;

    /** Creates an empty table, for the interpreter: its memory has been charged already. */
    public LuaTable(Execution execution) {
        this.execution = execution;
    }

    /** Returns the metatable, or null. */
    public LuaTable metatable() {
        return metatable;
    }

    /** Sets the metatable, or removes it with null. */
    public void setMetatable(LuaTable metatable) {
        this.metatable = metatable;
    }

    /** Returns the value of a key, or null. A double with an integral value is the same key as the integer. */
    public Object get(Object key) {
        if (key instanceof String string) {
            return get(string);
        }
        if (key instanceof Long number) {
            return get(number.longValue());
        }
        if (key instanceof Double number) {
            double value = number;
            long integer = (long) value;
            if (integer == value && integer != Long.MAX_VALUE) {
                return get(integer);
            }
        }
        if (index == null || key == null) {
            return null;
        }
        int entry = find(key, hash(key));
        return entry < 0 ? null : values[entry];
    }

    /** Returns the value of a string key, or null. The key is a Lua string, see {@link LuaStrings}. */
    public Object get(String key) {
        int[] slots = index;
        if (slots == null) {
            return null;
        }
        int mask = slots.length - 1;
        int position = spread(key.hashCode()) & mask;
        for (int probes = 0;; probes++) {
            int entry = slots[position];
            if (entry == 0) {
                return null;
            }
            Object candidate = keys[entry - 1];
            if (candidate == key || equal(key, candidate)) {
                return values[entry - 1];
            }
            position = position + 1 & mask;
            if (probes > FREE_PROBES) {
                execution.steps(1 + (key.length() >> 4));
            }
        }
    }

    /** Returns the value of an integer key, or null. */
    public Object get(long key) {
        long position = key - 1;
        if (position >= 0 && position < count) {
            return array[(int) position];
        }
        if (!integerKeys) {
            return null;
        }
        Long boxed = key;
        int entry = find(boxed, hash(boxed));
        return entry < 0 ? null : values[entry];
    }

    /**
     * Sets the value of a key; null removes it.
     *
     * @throws LuaError if the key is nil or NaN, or if the memory limit is exceeded
     */
    public void set(Object key, Object value) {
        if (key instanceof String string) {
            setHash(string, value);
        } else if (key instanceof Long number) {
            set(number.longValue(), value);
        } else if (key instanceof Double number) {
            double real = number;
            long integer = (long) real;
            if (integer == real && integer != Long.MAX_VALUE) {
                set(integer, value);
            } else if (real != real) {
                throw execution.error("table index is NaN");
            } else {
                setHash(number, value);
            }
        } else if (key == null) {
            throw execution.error("table index is nil");
        } else {
            setHash(key, value);
        }
    }

    /** Sets the value of a string key; null removes it. */
    public void set(String key, Object value) {
        setHash(key, value);
    }

    /** Sets the value of an integer key; null removes it. */
    public void set(long key, Object value) {
        long position = key - 1;
        if (position >= 0 && position < count) {
            array[(int) position] = value;
            if (value == null && key == count) {
                shrink();
            }
        } else if (position == count) {
            if (value != null) {
                append(value);
            }
        } else if (value != null || integerKeys) {
            setHash(key, value);
        }
    }

    /** Returns the border that the length operator returns without a metamethod. */
    public int length() {
        return count;
    }

    /** Adds a value, which is not null, after the last value of the sequence. */
    public void append(Object value) {
        if (count == array.length) {
            resizeArray(Math.max(4, count * 2));
        }
        array[count++] = value;
        if (integerKeys) {
            moveFromHash();
        }
    }

    /** Prepares for a number of values in the sequence and of other pairs. */
    public void reserve(int sequence, int pairs) {
        if (sequence > array.length) {
            resizeArray(sequence);
        }
        if (index == null && pairs > 0) {
            resizeHash(Math.max(4, pairs));
        }
    }

    /** Inserts a value into the sequence at a position of {@code 1..length()}, and moves the following values up. */
    public void insert(int position, Object value) {
        int length = count;
        append(array[length - 1]);
        System.arraycopy(array, position - 1, array, position, length - position);
        array[position - 1] = value;
    }

    /** Removes the value at a position of {@code 1..length()} from the sequence, and moves the following values down. */
    public Object remove(int position) {
        Object removed = array[position - 1];
        System.arraycopy(array, position, array, position - 1, count - position);
        array[count - 1] = null;
        shrink();
        return removed;
    }

    /** Copies the sequence. The caller charges the memory of the copy. */
    public Object[] sequence() {
        return Arrays.copyOf(array, count);
    }

    /** Stores the value of a table constructor at a position for which {@link #reserve} was called. Nil leaves a hole. */
    public void place(int position, Object value) {
        if (value != null) {
            array[position - 1] = value;
            raise(position);
        }
    }

    /** Stores values from {@code first} on, some of which may be nil, into a new table, whose sequence has no such keys yet. */
    public void store(int first, Object[] source, int from, int to) {
        int end = to;
        while (end > from && source[end - 1] == null) {
            end--;
        }
        int last = first - 1 + end - from;
        if (end == from) {
            return;
        }
        if (last > array.length) {
            resizeArray(Math.max(last, to - from + first - 1));
        }
        System.arraycopy(source, from, array, first - 1, end - from);
        raise(last);
    }

    /**
     * Returns the position of the pair after a position, which is 0 at first, or {@link #END}. Array positions are not
     * negative, and
     * positions in the hash table are negative.
     */
    public int next(int position) {
        int entry = 0;
        if (position >= 0) {
            for (int i = position; i < count; i++) {
                if (array[i] != null) {
                    execution.steps(i - position >> 3);
                    return i + 1;
                }
            }
        } else {
            entry = ~position + 1;
        }
        int first = entry;
        while (entry < used && values[entry] == null) {
            entry++;
        }
        execution.steps(entry - first >> 3);
        return entry < used ? ~entry : END;
    }

    /** Returns the position of a key for {@link #next(int)}: 0 for null. Throws an error if the table never had the key. */
    public int position(Object key) {
        if (key == null) {
            return 0;
        }
        Object normalized = key;
        if (key instanceof Double number && (long) (double) number == number) {
            normalized = (long) (double) number;
        }
        if (normalized instanceof Long number && number > 0 && number <= count) {
            return (int) (long) number;
        }
        int entry = index == null ? -1 : find(normalized, hash(normalized));
        if (entry >= 0) {
            return ~entry;
        }
        if (normalized instanceof Long number && number > 0 && number <= array.length) {
            return (int) (long) number;
        }
        throw execution.error("invalid key to 'next'");
    }

    /** Returns the key at a position that {@link #next(int)} returned. */
    public Object keyAt(int position) {
        return position > 0 ? (Object) (long) position : keys[~position];
    }

    /** Returns the value at a position that {@link #next(int)} returned. */
    public Object valueAt(int position) {
        return position > 0 ? array[position - 1] : values[~position];
    }

    /** Reports the values of the table and its size. */
    public void trace(LuaTracer tracer) {
        tracer.visit(metatable);
        for (int i = 0; i < count; i++) {
            tracer.visit(array[i]);
        }
        long boxes = 0;
        for (int i = 0; i < used; i++) {
            Object key = keys[i];
            if (key instanceof Long || key instanceof Double) {
                boxes += Sizes.NUMBER;
            } else {
                tracer.visit(key);
            }
            tracer.visit(values[i]);
        }
        tracer.add(Sizes.TABLE + boxes + (array == NONE ? 0 : Sizes.slots(array.length)) + hashSize(keys.length));
    }

    /** Returns whether the table was already visited in a computation of the memory in use. */
    public boolean marked(int epoch) {
        boolean before = mark == epoch;
        mark = epoch;
        return before;
    }

    private void shrink() {
        int border = count - 1;
        while (border > 0 && array[border - 1] == null) {
            border--;
        }
        count = border;
    }

    private void resizeArray(int capacity) {
        Object[] old = array;
        execution.allocate(Sizes.slots(capacity));
        execution.steps(count >> 3);
        array = Arrays.copyOf(old, capacity);
        if (old != NONE) {
            execution.release(Sizes.slots(old.length));
        }
    }

    /** Raises the border, after values with holes were stored. */
    private void raise(int border) {
        int old = count;
        count = Math.max(old, border);
        if (integerKeys) {
            for (int i = old; i < border; i++) {
                Long key = i + 1L;
                int entry = find(key, hash(key));
                if (entry >= 0) {
                    array[i] = array[i] == null ? values[entry] : array[i];
                    keys[entry] = MOVED;
                    values[entry] = null;
                }
            }
            moveFromHash();
        }
    }

    private void moveFromHash() {
        while (true) {
            Long key = (long) count + 1;
            int entry = find(key, hash(key));
            Object value = entry < 0 ? null : values[entry];
            if (value == null) {
                return;
            }
            if (count == array.length) {
                resizeArray(Math.max(4, count * 2));
            }
            keys[entry] = MOVED;
            values[entry] = null;
            array[count++] = value;
        }
    }

    private void setHash(Object key, Object value) {
        int hash = hash(key);
        int entry = index == null ? -1 : find(key, hash);
        if (entry >= 0) {
            values[entry] = value;
            return;
        }
        if (value == null) {
            return;
        }
        if (key instanceof Long || key instanceof Double) {
            execution.allocate(Sizes.NUMBER);
            integerKeys |= key instanceof Long;
        }
        if (used == keys.length) {
            grow();
        }
        keys[used] = key;
        values[used] = value;
        link(index, hash, ++used);
    }

    private void grow() {
        int live = 0;
        for (int i = 0; i < used; i++) {
            if (values[i] != null) {
                live++;
            }
        }
        resizeHash(live * 4 >= keys.length * 3 ? Math.max(4, keys.length * 2) : keys.length);
    }

    private void resizeHash(int capacity) {
        execution.allocate(hashSize(capacity));
        execution.steps(used >> 2);
        int[] newIndex = new int[indexLength(capacity)];
        Object[] newKeys = new Object[capacity];
        Object[] newValues = new Object[capacity];
        int entries = 0;
        for (int i = 0; i < used; i++) {
            if (values[i] != null) {
                newKeys[entries] = keys[i];
                newValues[entries] = values[i];
                link(newIndex, hash(keys[i]), ++entries);
            }
        }
        long old = hashSize(keys.length);
        index = newIndex;
        keys = newKeys;
        values = newValues;
        used = entries;
        execution.release(old);
    }

    private void link(int[] slots, int hash, int entry) {
        int mask = slots.length - 1;
        int position = hash & mask;
        int probes = 0;
        while (slots[position] != 0) {
            position = position + 1 & mask;
            if (probes++ > FREE_PROBES) {
                execution.count(1);
            }
        }
        slots[position] = entry;
    }

    private int find(Object key, int hash) {
        int[] slots = index;
        if (slots == null) {
            return -1;
        }
        int mask = slots.length - 1;
        int position = hash & mask;
        for (int probes = 0;; probes++) {
            int entry = slots[position];
            if (entry == 0) {
                return -1;
            }
            Object candidate = keys[entry - 1];
            if (candidate == key || equal(key, candidate)) {
                return entry - 1;
            }
            position = position + 1 & mask;
            if (probes > FREE_PROBES) {
                execution.steps(key instanceof String string ? 1 + (string.length() >> 4) : 1);
            }
        }
    }

    /** Compares keys that are not the same object. The comparison of equal strings takes time in proportion to their length. */
    private boolean equal(Object key, Object candidate) {
        if (!key.equals(candidate)) {
            return false;
        }
        if (key instanceof String string) {
            execution.stepsForBytes(string.length());
        }
        return true;
    }

    private static int hash(Object key) {
        if (key instanceof Long number) {
            long mixed = number * 0x9E3779B97F4A7C15L;
            return (int) (mixed >>> 32);
        }
        return spread(key.hashCode());
    }

    private static int spread(int hash) {
        return hash ^ hash >>> 16;
    }

    private static int indexLength(int capacity) {
        return Integer.highestOneBit(capacity * 2 - 1) * 2;
    }

    private static long hashSize(int capacity) {
        return capacity == 0 ? 0 : Sizes.slots(capacity) + Sizes.array(capacity) + Sizes.array(indexLength(capacity));
    }
}
