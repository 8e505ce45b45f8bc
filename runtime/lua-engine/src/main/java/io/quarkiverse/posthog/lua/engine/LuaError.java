package io.quarkiverse.posthog.lua.engine;

/**
 * An error that a script raised, or that Java code raises in a script. {@code pcall} catches it. Its value can be any Lua
 * value,
 * usually a string that starts with the position, or a table.
 */
public final class LuaError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Object value;
    private final String traceback;

    /**
     * Creates an error whose value is used as it is. For a message with the position of the call, use {@link LuaState#error}.
     */
    public LuaError(Object value) {
        this(value, "");
    }

    /** Creates an error with a traceback. */
    public LuaError(Object value, String traceback) {
        super(null, null, false, false);
        this.value = value;
        this.traceback = traceback;
    }

    /** Returns the error value. */
    public Object value() {
        return value;
    }

    /** Returns where the script was, one line for each active function, the innermost first. Empty if unknown. */
    public String traceback() {
        return traceback;
    }

    /**
     * Returns the text of the value, without its metamethods. It is decoded here, so an error that is caught needs no memory
     * for it.
     */
    @Override
    public String getMessage() {
        if (value instanceof String string) {
            return LuaStrings.toJava(string);
        }
        if (value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        return "(error object is a " + LuaValues.typeName(value) + " value)";
    }
}
