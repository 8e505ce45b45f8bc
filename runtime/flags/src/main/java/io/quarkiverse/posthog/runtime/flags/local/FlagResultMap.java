package io.quarkiverse.posthog.runtime.flags.local;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;

/** The results of all flags by key. A view of the result array, because filling a map would take longer than the evaluation. */
final class FlagResultMap extends AbstractMap<String, LocalResult> {

    private final Map<String, Integer> indexes;
    private final LocalResult[] results;

    FlagResultMap(Map<String, Integer> indexes, LocalResult[] results) {
        this.indexes = indexes;
        this.results = results;
    }

    @Override
    public LocalResult get(Object key) {
        Integer index = indexes.get(key);
        return index == null ? null : results[index];
    }

    @Override
    public boolean containsKey(Object key) {
        return indexes.containsKey(key);
    }

    @Override
    public Set<String> keySet() {
        return indexes.keySet();
    }

    @Override
    public Set<Entry<String, LocalResult>> entrySet() {
        return new AbstractSet<>() {

            @Override
            public int size() {
                return results.length;
            }

            @Override
            public Iterator<Entry<String, LocalResult>> iterator() {
                Iterator<Entry<String, Integer>> entries = indexes.entrySet().iterator();
                return new Iterator<>() {

                    @Override
                    public boolean hasNext() {
                        return entries.hasNext();
                    }

                    @Override
                    public Entry<String, LocalResult> next() {
                        Entry<String, Integer> entry = entries.next();
                        return Map.entry(entry.getKey(), results[entry.getValue()]);
                    }
                };
            }
        };
    }
}
