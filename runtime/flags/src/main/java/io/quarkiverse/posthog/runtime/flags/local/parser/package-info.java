/**
 * Compiles the JSON of flag definitions. A malformed flag becomes inconclusive, and does not affect other flags.
 * {@link io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser} is the entry point.
 */
package io.quarkiverse.posthog.runtime.flags.local.parser;
