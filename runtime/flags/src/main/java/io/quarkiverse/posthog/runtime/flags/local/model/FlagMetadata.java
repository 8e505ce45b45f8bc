package io.quarkiverse.posthog.runtime.flags.local.model;

import java.util.Map;

/**
 * The metadata of a flag definition.
 *
 * @param id null when not given
 * @param version null when not given
 * @param hasExperiment null when not given: then nobody knows
 * @param payloads JSON text by variant; that of a flag without variants is under "true"
 */
public record FlagMetadata(String key, Long id, Integer version, Boolean hasExperiment, Map<String, String> payloads) {

    /** The payload for a plain true. */
    static final String TRUE = "true";

    /**
     * The payload of a value.
     *
     * @param variant null for a plain true
     * @return JSON text, or null when there is none
     */
    public String payload(String variant) {
        return payloads.get(variant == null ? TRUE : variant);
    }
}
