/** Feature flags: their definitions, as clients read them, and their evaluation by the rules of the extension. */
package io.quarkiverse.posthog.emulator.flags;
