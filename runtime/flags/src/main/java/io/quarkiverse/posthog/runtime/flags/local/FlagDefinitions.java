package io.quarkiverse.posthog.runtime.flags.local;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.posthog.runtime.flags.local.filter.CompiledFlag;
import io.quarkiverse.posthog.runtime.flags.local.model.FlagMetadata;

/**
 * All flags of a project, as {@code GET /flags/definitions} delivers them, compiled to be evaluated. Never changes.
 * <p>
 * A flag that cannot be read is there, and inconclusive. A flag that is deleted is not there.
 */
public final class FlagDefinitions {

    /** @param index the place of each flag in {@code flags} */
    public record Content(Map<String, Integer> index, CompiledFlag[] flags, Map<Integer, String> groupTypes,
            boolean minimalFlagCalledEvents, List<String> warnings, Fingerprints fingerprints) {
    }

    private final Content content;

    public FlagDefinitions(Content content) {
        this.content = content;
    }

    /** Returns definitions without any flags. */
    public static FlagDefinitions empty() {
        return new FlagDefinitions(new Content(Map.of(), new CompiledFlag[0], Map.of(), false, List.of(),
                new Fingerprints(Map.of(), null)));
    }

    /** The keys of all flags, in no particular order. */
    public Set<String> keys() {
        return content.index().keySet();
    }

    /** What is said of a flag besides its rules. */
    public Optional<FlagMetadata> flag(String key) {
        Integer index = content.index().get(key);
        return index == null ? Optional.empty() : Optional.of(content.flags()[index].info());
    }

    public int size() {
        return content.flags().length;
    }

    /** The types of groups, by index. */
    public Map<Integer, String> groupTypes() {
        return content.groupTypes();
    }

    /** Whether PostHog wants short {@code $feature_flag_called} events. */
    public boolean minimalFlagCalledEvents() {
        return content.minimalFlagCalledEvents();
    }

    /** What is wrong with the definitions, in sentences. */
    public List<String> warnings() {
        return content.warnings();
    }

    /**
     * The flags that these definitions added, changed or removed. Cohorts and types of groups are those of all flags,
     * so that a change of theirs is one of each.
     */
    public Set<String> changedSince(FlagDefinitions before) {
        return content.fingerprints().changedSince(before.content.fingerprints());
    }

    /** @return null when there is no such flag */
    Integer index(String key) {
        return content.index().get(key);
    }

    Map<String, Integer> indexes() {
        return content.index();
    }

    CompiledFlag[] compiled() {
        return content.flags();
    }
}
