package io.quarkiverse.posthog;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The properties of an event: immutable, in the order they were set. Stored in an array, because events have few properties and
 * are copied at least once.
 */
final class EventProperties extends AbstractMap<String, Object> {

    private static final EventProperties NONE = new EventProperties(new Object[0]);

    /** The maximum number of properties that are merged by searching the array. For more properties, a hash table is faster. */
    private static final int FEW = 32;

    /** The names, each followed by its value. */
    private final Object[] content;

    private EventProperties(Object[] content) {
        this.content = content;
    }

    /** Copies a map; null is the same as an empty map. */
    static EventProperties of(Map<String, ?> properties) {
        if (properties instanceof EventProperties copied) {
            return copied;
        }
        if (properties == null || properties.isEmpty()) {
            return NONE;
        }
        // Grows while copying, because the size of a concurrent map is only an estimate
        Object[] content = new Object[properties.size() * 2];
        int length = 0;
        for (Map.Entry<String, ?> property : properties.entrySet()) {
            if (length == content.length) {
                content = Arrays.copyOf(content, length + 2 * FEW);
            }
            content[length++] = property.getKey();
            content[length++] = property.getValue();
        }
        return new EventProperties(length == content.length ? content : Arrays.copyOf(content, length));
    }

    /** Returns a copy in which the property is added or replaced. */
    EventProperties with(String name, Object value) {
        int at = indexOf(name);
        Object[] changed = Arrays.copyOf(content, at < 0 ? content.length + 2 : content.length);
        int to = at < 0 ? content.length : at;
        changed[to] = name;
        changed[to + 1] = value;
        return new EventProperties(changed);
    }

    /** Returns a copy in which the properties are added or replaced. */
    EventProperties with(Map<String, ?> additional) {
        if (content.length == 0 || additional == null || additional.isEmpty()) {
            return additional == null || additional.isEmpty() ? this : of(additional);
        }
        if (size() + additional.size() > FEW) {
            Map<String, Object> merged = new LinkedHashMap<>(this);
            merged.putAll(additional);
            return of(merged);
        }
        Object[] changed = Arrays.copyOf(content, content.length + additional.size() * 2);
        int length = content.length;
        for (Map.Entry<String, ?> property : additional.entrySet()) {
            int at = indexOf(property.getKey());
            int to = at < 0 ? length : at;
            changed[to] = property.getKey();
            changed[to + 1] = property.getValue();
            length = at < 0 ? length + 2 : length;
        }
        return new EventProperties(length == changed.length ? changed : Arrays.copyOf(changed, length));
    }

    /** Returns the position of a name, or -1. Compares the hash codes first, because strings cache them. */
    private int indexOf(Object name) {
        int hash = Objects.hashCode(name);
        for (int i = 0; i < content.length; i += 2) {
            String other = (String) content[i];
            if (other == name || other != null && other.hashCode() == hash && other.equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int size() {
        return content.length / 2;
    }

    @Override
    public boolean containsKey(Object name) {
        return indexOf(name) >= 0;
    }

    @Override
    public Object get(Object name) {
        int at = indexOf(name);
        return at < 0 ? null : content[at + 1];
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < content.length; i += 2) {
            action.accept((String) content[i], content[i + 1]);
        }
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Entry<String, Object>> {

        @Override
        public int size() {
            return EventProperties.this.size();
        }

        @Override
        public Iterator<Entry<String, Object>> iterator() {
            return new Iterator<>() {

                private int next;

                @Override
                public boolean hasNext() {
                    return next < content.length;
                }

                @Override
                public Entry<String, Object> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    next += 2;
                    return new SimpleImmutableEntry<>((String) content[next - 2], content[next - 1]);
                }
            };
        }
    }
}
