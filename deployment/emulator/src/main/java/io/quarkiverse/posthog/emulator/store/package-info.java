/**
 * What the emulator holds: one project with its events, persons, flags, insights, dashboards and cohorts.
 * <p>
 * Everything here is plain memory without locks, because only the emulator's single event loop touches it.
 */
package io.quarkiverse.posthog.emulator.store;
