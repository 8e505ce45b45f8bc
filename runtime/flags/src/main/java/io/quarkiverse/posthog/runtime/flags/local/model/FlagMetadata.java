package io.quarkiverse.posthog.runtime.flags.local.model;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * The metadata of a flag definition.
 *
 * @param id {@code null} if the definition does not contain an ID
 * @param version {@code null} if the definition does not contain a version
 * @param hasExperiment whether an experiment uses the flag; {@code null} if unknown
 * @param payloads the payloads as JSON text by variant; the payload of a flag without variants has the key "true"
 * @param configVersion the version of the rules, 1 or 2; other values are not supported
 * @param runtime where the flag is evaluated: "client", "server" or "all"; {@code null} if unknown
 * @param contexts the evaluation contexts of the flag; empty if it is evaluated in all contexts
 */
public record FlagMetadata(String key, Long id, Integer version, Boolean hasExperiment, Map<String, String> payloads,
        int configVersion, String runtime, Set<String> contexts) {

    /** The key of the payload of a flag without variants. */
    static final String TRUE = "true";

    /** Returns whether the flag is evaluated in any of these contexts. Without contexts, all flags are. */
    public boolean isIn(Collection<String> evaluationContexts) {
        return contexts.isEmpty() || evaluationContexts.isEmpty() || evaluationContexts.stream().anyMatch(contexts::contains);
    }

    /**
     * Returns the payload of a value.
     *
     * @param variant {@code null} for a flag without variants
     * @return JSON text; {@code null} if the value has no payload
     */
    public String payload(String variant) {
        return payloads.get(variant == null ? TRUE : variant);
    }
}
