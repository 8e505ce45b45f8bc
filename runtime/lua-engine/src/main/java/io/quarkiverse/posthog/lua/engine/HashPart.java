package io.quarkiverse.posthog.lua.engine;

import io.quarkiverse.posthog.lua.engine.interpreter.Execution;
import io.quarkiverse.posthog.lua.engine.interpreter.Sizes;

/** The hash table of a table: open addressing with the entries in the order of insertion. */
abstract class HashPart {

    static final Object[] NONE = {};
    /** The key of an entry that has moved to the array. */
    static final Object MOVED = new Object();

    private static final int FREE_PROBES = 16;

    final Execution execution;
    /** Open addressing: the number of an entry plus one, or zero. Null if the hash table is empty. */
    int[] index;
    Object[] keys = NONE;
    Object[] values = NONE;
    int used;
    boolean integerKeys;

    HashPart(Execution execution) {
        this.execution = execution;
    }

    final Object getHash(String key) {
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
                execution.steps(1);
            }
        }
    }

    final void setHash(Object key, Object value) {
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

    final void resizeHash(int capacity) {
        execution.allocate(hashSize(capacity), this);
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
                execution.steps(1);
            }
        }
        slots[position] = entry;
    }

    final int find(Object key, int hash) {
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
                execution.steps(1);
            }
        }
    }

    /**
     * Compares keys that are not the same object. The comparison of strings with the same hash code takes time in proportion to
     * their length.
     */
    private boolean equal(Object key, Object candidate) {
        if (!(key instanceof String string)) {
            return key.equals(candidate);
        }
        if (!(candidate instanceof String other) || string.length() != other.length()
                || string.hashCode() != other.hashCode()) {
            return false;
        }
        execution.stepsForBytes(string.length());
        return string.equals(other);
    }

    static int hash(Object key) {
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

    static long hashSize(int capacity) {
        return capacity == 0 ? 0 : Sizes.slots(capacity) + Sizes.array(capacity) + Sizes.array(indexLength(capacity));
    }
}
