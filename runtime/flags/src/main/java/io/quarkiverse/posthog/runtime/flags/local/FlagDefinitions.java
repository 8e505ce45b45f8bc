package io.quarkiverse.posthog.runtime.flags.local;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.posthog.runtime.flags.local.filter.CompiledFlag;
import io.quarkiverse.posthog.runtime.flags.local.model.FlagMetadata;

/**
 * The compiled flags of a project, from the response of {@code GET /flags/definitions}. Immutable.
 * <p>
 * A malformed flag is included and evaluates to an inconclusive result. A deleted flag is not included.
 */
public final class FlagDefinitions {

    /** @param index the index of each flag in {@code flags}, by key */
    public record Content(Map<String, Integer> index, CompiledFlag[] flags, Map<Integer, String> groupTypes,
            boolean minimalFlagCalledEvents, int propertyMatchingVersion, List<String> warnings, Fingerprints fingerprints) {
    }

    private final Content content;

    public FlagDefinitions(Content content) {
        this.content = content;
    }

    /** Returns definitions without any flags. */
    public static FlagDefinitions empty() {
        return new FlagDefinitions(new Content(Map.of(), new CompiledFlag[0], Map.of(), false, 1, List.of(),
                Fingerprints.EMPTY));
    }

    /** Returns the keys of all flags, in no particular order. */
    public Set<String> keys() {
        return content.index().keySet();
    }

    /** Returns the metadata of a flag. */
    public Optional<FlagMetadata> flag(String key) {
        Integer index = content.index().get(key);
        return index == null ? Optional.empty() : Optional.of(content.flags()[index].info());
    }

    public int size() {
        return content.flags().length;
    }

    /** Returns whether any flag has rules of this version. */
    public boolean hasConfigVersion(int version) {
        return Arrays.stream(content.flags()).anyMatch(flag -> flag.info().configVersion() == version);
    }

    /** Returns the group types by index. */
    public Map<Integer, String> groupTypes() {
        return content.groupTypes();
    }

    /** Returns whether PostHog requests minimal {@code $feature_flag_called} events. */
    public boolean minimalFlagCalledEvents() {
        return content.minimalFlagCalledEvents();
    }

    /**
     * Returns the version of the rules by which {@code exact} and {@code is_not} compare booleans: 1, or 2 if PostHog compares
     * them like other values.
     */
    public int propertyMatchingVersion() {
        return content.propertyMatchingVersion();
    }

    /** Returns the problems of the definitions, one sentence each. */
    public List<String> warnings() {
        return content.warnings();
    }

    /**
     * Returns the keys of the flags that were added, changed or removed. A change of cohorts, group types or the property
     * matching version is a change of every flag.
     */
    public Set<String> changedSince(FlagDefinitions before) {
        return content.fingerprints().changedSince(before.content.fingerprints());
    }

    /** @return {@code null} if the flag does not exist */
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
