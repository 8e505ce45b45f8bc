package io.quarkiverse.posthog.lua.engine.library;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.interpreter.ByteBuilder;
import io.quarkiverse.posthog.lua.engine.interpreter.Execution;

/** The functions of the library {@code string} without patterns. */
final class StringLibrary {

    private static final int MAX_RESULTS = 1_000_000;
    private static final String[] CHARACTERS = new String[256];

    static {
        for (int i = 0; i < CHARACTERS.length; i++) {
            CHARACTERS[i] = String.valueOf((char) i);
        }
    }

    private StringLibrary() {
    }

    static void install(LuaState state, LuaTable strings) {
        Execution execution = state.execution();
        Libraries.add(state, strings, "len", (s, a) -> (long) a.string(1).length());
        Libraries.add(state, strings, "sub", (s, a) -> sub(execution, a));
        Libraries.add(state, strings, "byte", (s, a) -> bytes(execution, a));
        Libraries.add(state, strings, "char", (s, a) -> characters(execution, a));
        Libraries.add(state, strings, "rep", (s, a) -> repeat(execution, a));
        Libraries.add(state, strings, "reverse", (s, a) -> reverse(execution, a.string(1)));
        Libraries.add(state, strings, "lower", (s, a) -> convert(execution, a.string(1), 'A', 'Z'));
        Libraries.add(state, strings, "upper", (s, a) -> convert(execution, a.string(1), 'a', 'z'));
        Libraries.add(state, strings, "format", (s, a) -> new StringFormat(execution, a).run());
    }

    /** Returns a position from the start for one that is counted from the end if it is negative. */
    static long position(long position, int length) {
        if (position >= 0) {
            return position;
        }
        return position < -length ? 0 : length + position + 1;
    }

    private static Object sub(Execution execution, LuaArguments arguments) {
        String string = arguments.string(1);
        long from = Math.max(1, position(arguments.integer(2), string.length()));
        long to = Math.min(string.length(), position(arguments.integer(3, -1), string.length()));
        if (from > to) {
            return "";
        }
        return from == to ? CHARACTERS[string.charAt((int) from - 1) & 0xFF]
                : execution.substring(string, (int) from - 1, (int) to);
    }

    private static Object bytes(Execution execution, LuaArguments arguments) {
        String string = arguments.string(1);
        long from = position(arguments.integer(2, 1), string.length());
        long to = Math.min(string.length(), position(arguments.integer(3, from), string.length()));
        from = Math.max(1, from);
        if (from > to) {
            return LuaFunction.NOTHING;
        }
        if (from == to) {
            return (long) string.charAt((int) from - 1);
        }
        if (to - from >= MAX_RESULTS) {
            throw execution.error("string slice too long");
        }
        Object[] results = execution.newArray((int) (to - from + 1));
        for (int i = 0; i < results.length; i++) {
            results[i] = (long) string.charAt((int) from - 1 + i);
        }
        return results;
    }

    private static Object characters(Execution execution, LuaArguments arguments) {
        ByteBuilder builder = new ByteBuilder(execution, arguments.count());
        for (int i = 1; i <= arguments.count(); i++) {
            long code = arguments.integer(i);
            if (code < 0 || code > 255) {
                throw arguments.error(i, "value out of range");
            }
            builder.append((char) code);
        }
        return builder.finish();
    }

    private static Object repeat(Execution execution, LuaArguments arguments) {
        String string = arguments.string(1);
        long count = arguments.integer(2);
        String separator = arguments.string(3, "");
        if (count <= 0) {
            return "";
        }
        long part = (long) string.length() + separator.length();
        if (part > 0 && count > (Integer.MAX_VALUE - 64L) / part) {
            throw execution.error("resulting string too large");
        }
        if (part == 0) {
            return "";
        }
        long length = part * count - separator.length();
        ByteBuilder builder = new ByteBuilder(execution, (int) length);
        if (separator.isEmpty()) {
            builder.append(string);
            builder.repeat((int) length);
        } else {
            for (long i = 0; i < count; i++) {
                if (i > 0) {
                    builder.append(separator);
                }
                builder.append(string);
                execution.steps(1);
            }
        }
        return builder.finish();
    }

    private static Object reverse(Execution execution, String string) {
        ByteBuilder builder = new ByteBuilder(execution, string.length());
        execution.stepsForBytes(string.length() * 2L);
        for (int i = string.length() - 1; i >= 0; i--) {
            builder.append(string.charAt(i));
        }
        return builder.finish();
    }

    private static Object convert(Execution execution, String string, char from, char to) {
        ByteBuilder builder = new ByteBuilder(execution, string.length());
        execution.stepsForBytes(string.length() * 2L);
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            builder.append(c >= from && c <= to ? (char) (c ^ 0x20) : c);
        }
        return builder.finish();
    }
}
