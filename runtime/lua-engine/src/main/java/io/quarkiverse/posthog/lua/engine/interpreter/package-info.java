/** The call stack, the limits and the operators. Start with {@link io.quarkiverse.posthog.lua.engine.interpreter.Execution}. */
package io.quarkiverse.posthog.lua.engine.interpreter;
