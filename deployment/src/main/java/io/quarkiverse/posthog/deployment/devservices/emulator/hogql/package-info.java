/**
 * The subset of HogQL that the emulator understands: one SELECT over the events table.
 * <p>
 * Text becomes {@link io.quarkiverse.posthog.deployment.devservices.emulator.hogql.Token tokens}, these a
 * {@link io.quarkiverse.posthog.deployment.devservices.emulator.hogql.Select} tree, which is checked and evaluated.
 */
package io.quarkiverse.posthog.deployment.devservices.emulator.hogql;
