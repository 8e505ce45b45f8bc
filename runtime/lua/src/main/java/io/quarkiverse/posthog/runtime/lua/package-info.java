/**
 * Scripts in Lua. {@link io.quarkiverse.posthog.runtime.lua.ScriptRunner} starts them, one after the other as
 * {@code ScriptQueue}
 * permits, and {@code ScriptRun} performs one run with its limits. Start there. {@code FunctionNamespace} and
 * {@code ScriptCalls}
 * call functions with the {@link io.quarkiverse.posthog.runtime.functions.FunctionExecutor} of the entry point.
 * {@code JsonToLua}
 * and {@code LuaToJava} convert values. The interpreter is in {@code io.quarkiverse.posthog.lua.engine}.
 */
package io.quarkiverse.posthog.runtime.lua;
