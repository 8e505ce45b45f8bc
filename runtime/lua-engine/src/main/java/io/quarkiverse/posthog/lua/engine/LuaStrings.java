package io.quarkiverse.posthog.lua.engine;

import java.nio.charset.StandardCharsets;

/**
 * Converts between Java strings and Lua strings. A Lua string is a sequence of bytes. The engine represents it as a Java string
 * whose
 * characters are the bytes 0-255, so the length operator and the patterns work on bytes, as in Lua. Text is UTF-8.
 *
 * <p>
 * A string of ASCII characters is the same in both representations.
 */
public final class LuaStrings {

    private LuaStrings() {
    }

    /** Encodes a Java string as UTF-8. */
    public static String fromJava(String text) {
        return isAscii(text) ? text : fromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Decodes a Lua string as UTF-8. Replaces malformed bytes with U+FFFD. */
    public static String toJava(String string) {
        return isAscii(string) ? string : new String(toBytes(string), StandardCharsets.UTF_8);
    }

    /** Returns the Lua string with these bytes. */
    public static String fromBytes(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Returns the bytes of a Lua string. */
    public static byte[] toBytes(String string) {
        return string.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
