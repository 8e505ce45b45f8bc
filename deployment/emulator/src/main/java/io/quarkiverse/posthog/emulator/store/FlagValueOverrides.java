package io.quarkiverse.posthog.emulator.store;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/** Flag values for all users that tests set, also for flags that do not exist. */
public final class FlagValueOverrides {

    /** Far from the ids of real flags, for those that do not exist. */
    private static final long FIRST_ID = 1_000_000_001;

    private final SortedMap<String, FlagOverride> byKey = new TreeMap<>();
    private long nextId = FIRST_ID;

    /**
     * The value of a flag.
     *
     * @param id the ID, if the flag does not exist
     * @param variant {@code null} for a plain true or false
     * @param payload JSON text, JSON null for none, or {@code null} for the one that the flag has for this value
     */
    public record FlagOverride(long id, String key, boolean enabled, String variant, JsonNode payload) {
    }

    /** Sets the value of a flag, and replaces a previous value. */
    public FlagOverride put(String key, boolean enabled, String variant, JsonNode payload) {
        FlagOverride before = byKey.get(key);
        long id = before == null ? nextId++ : before.id();
        FlagOverride override = new FlagOverride(id, key, enabled, variant, payload);
        byKey.put(key, override);
        return override;
    }

    public Optional<FlagOverride> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** By key. */
    public Collection<FlagOverride> all() {
        return byKey.values();
    }

    public void remove(String key) {
        byKey.remove(key);
    }

    public void clear() {
        byKey.clear();
    }
}
