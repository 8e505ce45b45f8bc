package io.quarkiverse.posthog.lua.engine;

/** A source that is not a Lua chunk. The message names the chunk, the line and the token. */
public final class LuaSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;

    /** Creates an exception whose message has the position already. */
    public LuaSyntaxException(String message, int line) {
        super(message);
        this.line = line;
    }

    /** Returns the line of the error, from 1 on. */
    public int line() {
        return line;
    }
}
