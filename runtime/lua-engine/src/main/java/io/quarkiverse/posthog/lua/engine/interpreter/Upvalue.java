package io.quarkiverse.posthog.lua.engine.interpreter;

/**
 * An outer variable that a function uses.
 *
 * @param name the name in the source
 * @param local the variable of the enclosing function, or null if that function has it as an upvalue as well
 * @param index the upvalue of the enclosing function, if the variable is not its own
 */
public record Upvalue(String name, LocalVariable local, int index) {
}
