package io.quarkiverse.posthog.runtime.dev;

import java.util.List;

/**
 * The flags of somebody, as the Dev UI shows them.
 *
 * @param errors what went wrong, so that flags may be missing
 * @param triedLocally whether there were definitions to evaluate with in this process
 */
public record EvaluationView(List<EvaluatedFlagView> flags, List<String> errors, boolean triedLocally) {
}
