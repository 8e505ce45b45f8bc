package io.quarkiverse.posthog.runtime.flags.local.model;

import java.util.Map;

/**
 * The metadata of a flag definition.
 *
 * @param id {@code null} if the definition does not contain an ID
 * @param version {@code null} if the definition does not contain a version
 * @param hasExperiment whether an experiment uses the flag; {@code null} if unknown
 * @param payloads the payloads as JSON text by variant; the payload of a flag without variants has the key "true"
 */
public record FlagMetadata(String key, Long id, Integer version, Boolean hasExperiment, Map<String, String> payloads) {

    /** The key of the payload of a flag without variants. */
    static final String TRUE = "true";

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
