/**
 * A Lua interpreter for untrusted scripts: the language of Lua 5.2 with 64-bit integers, without coroutines, {@code load},
 * files,
 * processes and the debug library.
 *
 * <pre>{@code
 * LuaChunk chunk = LuaCompiler.compile("return greet('world') .. '!'", "script");
 * LuaState state = new LuaState(LuaLimits.DEFAULT, System.out::print, InstantSource.system());
 * state.globals().set("greet",
 *         state.function("greet", (s, arguments) -> s.string("hello " + LuaStrings.toJava(arguments.string(1)))));
 * Object[] results = state.run(chunk);
 * }</pre>
 *
 * <p>
 * Start with {@link io.quarkiverse.posthog.lua.engine.LuaCompiler} and {@link io.quarkiverse.posthog.lua.engine.LuaState}.
 *
 * <p>
 * Values: nil is null, and the other types are {@link java.lang.Boolean}, {@link java.lang.Long} for integers,
 * {@link java.lang.Double},
 * {@link java.lang.String}, {@link io.quarkiverse.posthog.lua.engine.LuaTable} and
 * {@link io.quarkiverse.posthog.lua.engine.LuaFunction}.
 * No other Java object may be a value. A string is a sequence of bytes, see
 * {@link io.quarkiverse.posthog.lua.engine.LuaStrings}: convert
 * all text at the boundary.
 *
 * <p>
 * Numbers: integers stay exact up to 64 bits. A result that does not fit becomes a double. {@code /} and {@code ^} return
 * doubles, which
 * print without a fraction if they have none. {@code 1 == 1.0}, also as keys.
 *
 * <p>
 * Host functions: {@link io.quarkiverse.posthog.lua.engine.LuaState#function} makes a Lua function of a lambda. It returns one
 * value, or
 * an array for any other number of results. Raise errors with {@link io.quarkiverse.posthog.lua.engine.LuaState#error}, which
 * adds the
 * position of the script, or {@link io.quarkiverse.posthog.lua.engine.LuaState#raise} for any value, such as a table with
 * {@code __tostring}. Create tables and strings with the methods of the state, which count their memory, and
 * {@link io.quarkiverse.posthog.lua.engine.LuaState#keep} those that are not reachable for the script yet. Run requests with
 * {@link io.quarkiverse.posthog.lua.engine.LuaState#blocking}.
 *
 * <p>
 * Errors: {@link io.quarkiverse.posthog.lua.engine.LuaSyntaxException} for the source,
 * {@link io.quarkiverse.posthog.lua.engine.LuaError} for errors of the script, which it can catch, and
 * {@link io.quarkiverse.posthog.lua.engine.LuaLimitException} for {@link io.quarkiverse.posthog.lua.engine.LuaLimits}, which it
 * cannot.
 *
 * <p>
 * The subpackages are internal: {@code parser} compiles a source into the executable syntax tree of {@code tree},
 * {@code interpreter} has
 * the call stack, the limits and the operators, and {@code library} the standard libraries.
 */
package io.quarkiverse.posthog.lua.engine;
