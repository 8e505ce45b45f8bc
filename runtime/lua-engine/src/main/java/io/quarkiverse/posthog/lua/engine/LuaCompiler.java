package io.quarkiverse.posthog.lua.engine;

import io.quarkiverse.posthog.lua.engine.interpreter.Prototype;
import io.quarkiverse.posthog.lua.engine.parser.Parser;

/** Compiles Lua sources: the syntax of Lua 5.2, with the operator {@code //} of Lua 5.3. */
public final class LuaCompiler {

    /** The largest source, in bytes. */
    public static final int MAX_SOURCE_BYTES = 1 << 18;

    private LuaCompiler() {
    }

    /**
     * Compiles a source.
     *
     * @param source the source as Java text
     * @param chunkName the name for error messages, such as {@code script}
     * @throws LuaSyntaxException if the source is not a Lua chunk, is too large, or nests expressions or blocks too deeply
     */
    public static LuaChunk compile(String source, String chunkName) {
        String bytes = LuaStrings.fromJava(source);
        if (bytes.length() > MAX_SOURCE_BYTES) {
            throw new LuaSyntaxException(chunkName + ":1: the source has " + bytes.length() + " bytes, but at most "
                    + MAX_SOURCE_BYTES + " are allowed", 1);
        }
        Parser parser = new Parser(bytes, chunkName);
        Prototype main = parser.parse();
        return new LuaChunk(chunkName, main, parser.estimatedBytes());
    }
}
