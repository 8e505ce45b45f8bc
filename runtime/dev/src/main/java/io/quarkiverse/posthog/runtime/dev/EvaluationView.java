package io.quarkiverse.posthog.runtime.dev;

import java.util.List;

/**
 * The flags of a person, for the Dev UI.
 *
 * @param errors the failures because of which flags can be missing
 * @param triedLocally whether flag definitions were available for local evaluation
 * @param propertyMatchingVersion the version of the rules for boolean filter values; null without flag definitions
 */
public record EvaluationView(List<EvaluatedFlagView> flags, List<String> errors, boolean triedLocally,
        Integer propertyMatchingVersion) {
}
