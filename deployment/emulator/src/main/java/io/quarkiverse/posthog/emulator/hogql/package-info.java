/**
 * The subset of HogQL that the emulator understands: one SELECT over the events table.
 * <p>
 * Text becomes {@link io.quarkiverse.posthog.emulator.hogql.Token tokens}, these a
 * {@link io.quarkiverse.posthog.emulator.hogql.Select} tree, which is checked and evaluated.
 */
package io.quarkiverse.posthog.emulator.hogql;
