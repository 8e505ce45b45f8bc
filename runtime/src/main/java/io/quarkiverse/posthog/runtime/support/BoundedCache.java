package io.quarkiverse.posthog.runtime.support;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A map with a maximum size. Adding to a full map removes the oldest entry that was not used since it was added, or since it
 * was
 * last spared (second chance). Thread-safe; reading takes no lock.
 */
public final class BoundedCache<K, V> {

    /** Limits the time that adding an entry takes if most entries were used. */
    private static final int MAX_SPARED = 100;

    private static final class Entry<V> {

        private final V value;
        private volatile boolean used;

        Entry(V value) {
            this.value = value;
        }
    }

    private final int maxSize;
    private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    /** The keys of all entries, the oldest first. */
    private final Queue<K> keys = new ArrayDeque<>();

    public BoundedCache(int maxSize) {
        this.maxSize = maxSize;
    }

    /** @return null if the map has no entry */
    public V get(K key) {
        return use(entries.get(key));
    }

    /** Replaces an entry, or adds one. */
    public void put(K key, V value) {
        Entry<V> entry = new Entry<>(value);
        lock.lock();
        try {
            if (entries.put(key, entry) == null) {
                added(key);
            } else {
                entry.used = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads an entry, or adds one.
     *
     * @return the value of an existing entry; null if it was added
     */
    public V putIfAbsent(K key, V value) {
        V present = get(key);
        if (present != null) {
            return present;
        }
        lock.lock();
        try {
            Entry<V> existing = entries.putIfAbsent(key, new Entry<>(value));
            if (existing == null) {
                added(key);
            }
            return use(existing);
        } finally {
            lock.unlock();
        }
    }

    public void clear() {
        lock.lock();
        try {
            entries.clear();
            keys.clear();
        } finally {
            lock.unlock();
        }
    }

    private static <V> V use(Entry<V> entry) {
        if (entry == null) {
            return null;
        }
        if (!entry.used) {
            entry.used = true;
        }
        return entry.value;
    }

    private void added(K key) {
        for (int spared = 0; keys.size() >= maxSize; spared++) {
            K oldest = keys.remove();
            Entry<V> entry = entries.get(oldest);
            if (entry.used && spared < MAX_SPARED) {
                entry.used = false;
                keys.add(oldest);
            } else {
                entries.remove(oldest);
            }
        }
        keys.add(key);
    }
}
