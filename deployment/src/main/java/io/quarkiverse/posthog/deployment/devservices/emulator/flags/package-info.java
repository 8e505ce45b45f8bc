/** Feature flags: their definitions, as clients read them, and their evaluation, by the rules of the extension itself. */
package io.quarkiverse.posthog.deployment.devservices.emulator.flags;
