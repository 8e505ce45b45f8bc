/** Feature flags: their definitions, as clients read them, and their evaluation with the evaluator of the extension. */
package io.quarkiverse.posthog.emulator.flags;
