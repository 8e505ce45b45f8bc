package io.quarkiverse.posthog.runtime.flags.local.bucketing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The variants of a flag with their ranges of hash values. */
public final class VariantAllocation {

    public static final int NONE = -1;

    private final String[] keys;
    private final Map<String, Integer> indexes = new HashMap<>();
    /** The end of the range of each variant, which is the start of the next range. */
    private final double[] ends;

    public VariantAllocation(List<String> keys, List<Double> percentages) {
        this.keys = keys.toArray(String[]::new);
        for (int i = 0; i < this.keys.length; i++) {
            indexes.putIfAbsent(this.keys[i], i);
        }
        this.ends = new double[this.keys.length];
        double end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += percentages.get(i) / 100;
            ends[i] = end;
        }
    }

    public int size() {
        return keys.length;
    }

    public String key(int index) {
        return keys[index];
    }

    /** @return {@link #NONE} if the variant does not exist */
    public int indexOf(String key) {
        return indexes.getOrDefault(key, NONE);
    }

    /** Returns the variant at the hash, and the last one for a hash after all ranges. */
    public int atOrLast(double hash) {
        int index = at(hash);
        return index == NONE ? keys.length - 1 : index;
    }

    /** @return {@link #NONE} if no range contains the hash */
    public int at(double hash) {
        for (int i = 0; i < ends.length; i++) {
            if (hash < ends[i] && (i == 0 || hash >= ends[i - 1])) {
                return i;
            }
        }
        return NONE;
    }
}
