/**
 * The subset of HogQL that the emulator supports: one SELECT over the events table.
 * <p>
 * The text is split into {@link io.quarkiverse.posthog.emulator.hogql.Token tokens} and parsed into a
 * {@link io.quarkiverse.posthog.emulator.hogql.Select} tree, which is checked and evaluated.
 */
package io.quarkiverse.posthog.emulator.hogql;
