/**
 * The stored data: one project with its events, persons, flags, insights, dashboards and cohorts.
 * <p>
 * The data is not protected by locks, because only the single event loop of the emulator accesses it.
 */
package io.quarkiverse.posthog.emulator.store;
