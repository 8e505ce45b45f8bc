package io.quarkiverse.posthog.runtime.dev;

import java.util.List;

/**
 * An account for which the application injects tracking plans, for the Dev UI.
 *
 * @param emulated whether descriptions are written to the emulator instead of a PostHog project
 * @param events the names of the events of its plans
 */
public record PlannedAccountView(String name, boolean emulated, List<String> events) {
}
