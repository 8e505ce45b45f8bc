package io.quarkiverse.posthog.flags;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * An immutable copy of a map. Copying it again returns the same instance. It can contain null values, for properties without
 * a value.
 */
final class ImmutableMapCopy<V> extends AbstractMap<String, V> {

    private final Map<String, V> content;

    private ImmutableMapCopy(Map<String, V> content) {
        this.content = content;
    }

    static <V> Map<String, V> of(Map<String, V> map) {
        if (map instanceof ImmutableMapCopy<V>) {
            return map;
        }
        return map == null || map.isEmpty() ? Map.of() : new ImmutableMapCopy<>(new LinkedHashMap<>(map));
    }

    static <V> Map<String, Map<String, V>> ofMaps(Map<String, Map<String, V>> maps) {
        if (maps instanceof ImmutableMapCopy || maps == null || maps.isEmpty()) {
            return of(maps);
        }
        Map<String, Map<String, V>> copies = new LinkedHashMap<>();
        maps.forEach((name, map) -> copies.put(name, of(map)));
        return new ImmutableMapCopy<>(copies);
    }

    @Override
    public int size() {
        return content.size();
    }

    @Override
    public boolean containsKey(Object key) {
        return content.containsKey(key);
    }

    @Override
    public V get(Object key) {
        return content.get(key);
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super V> action) {
        content.forEach(action);
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
        return Collections.unmodifiableMap(content).entrySet();
    }
}
