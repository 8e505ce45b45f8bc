package io.quarkiverse.posthog.flags;

import java.util.Map;

/**
 * The values and payloads of all flags of a person, in the form that PostHog specifies for its SDKs. {@link
 * FlagSnapshot#results()} contains the same data by flag.
 *
 * @param flags the value of each flag, by key; empty if no flag could be evaluated
 * @param payloads the payloads as JSON text, by flag key
 */
public record FlagsAndPayloads(Map<String, FlagValue> flags, Map<String, String> payloads) {

    public FlagsAndPayloads {
        flags = ImmutableMapCopy.of(flags);
        payloads = ImmutableMapCopy.of(payloads);
    }
}
