/** The data that a new emulator starts with. */
package io.quarkiverse.posthog.deployment.devservices.emulator.seed;
