package io.quarkiverse.posthog.lua.engine.library;

/** The character classes of patterns, for ASCII characters. */
final class CharacterClass {

    private CharacterClass() {
    }

    /** Returns whether a character is in the class with this letter. An upper case letter is the complement. */
    static boolean matches(char c, char letter) {
        boolean result = switch (letter | 0x20) {
            case 'a' -> isLetter(c);
            case 'c' -> c < 32 || c == 127;
            case 'd' -> isDigit(c);
            case 'g' -> c > 32 && c < 127;
            case 'l' -> c >= 'a' && c <= 'z';
            case 'p' -> c > 32 && c < 127 && !isLetter(c) && !isDigit(c);
            case 's' -> isSpace(c);
            case 'u' -> c >= 'A' && c <= 'Z';
            case 'w' -> isLetter(c) || isDigit(c);
            case 'x' -> isDigit(c) || (c | 0x20) >= 'a' && (c | 0x20) <= 'f' && c < 128;
            case 'z' -> c == 0;
            default -> letter == c;
        };
        return isLetter(letter) && letter < 'a' && "acdglpsuwxz".indexOf(letter | 0x20) >= 0 ? !result : result;
    }

    static boolean isLetter(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 128;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isSpace(char c) {
        return c == ' ' || c >= 9 && c <= 13;
    }
}
