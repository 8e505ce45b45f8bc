package io.quarkiverse.posthog.flags;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All flags of somebody, and their payloads.
 *
 * @param flags the value of each flag, by key; empty when nothing is known
 * @param payloads the payload of each flag that has one, by key, as JSON text
 */
public record FlagsAndPayloads(Map<String, FlagValue> flags, Map<String, String> payloads) {

    public FlagsAndPayloads {
        flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
        payloads = Collections.unmodifiableMap(new LinkedHashMap<>(payloads));
    }
}
