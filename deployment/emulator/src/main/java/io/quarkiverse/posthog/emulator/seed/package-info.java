/** The data that a new emulator starts with. */
package io.quarkiverse.posthog.emulator.seed;
