package io.quarkiverse.posthog.lua.engine.parser;

/** Reads the characters of a source, and counts its lines. */
final class SourceReader {

    private final String source;
    /** The next character. */
    int position;
    /** The line of the next character. */
    int line = 1;

    SourceReader(String source) {
        this.source = source;
    }

    /** Reads the next character. */
    char read() {
        return source.charAt(position++);
    }

    /** Returns the text between two positions, the second of which can be after the end. */
    String text(int from, int to) {
        return source.substring(from, Math.min(source.length(), to));
    }

    /** Returns whether the source continues with this text. */
    boolean continuesWith(String text) {
        return source.startsWith(text, position);
    }

    /** Returns whether there is no further character. */
    boolean atEnd() {
        return position >= source.length();
    }

    /** Returns the next character, or a zero byte at the end. */
    char peek() {
        return position < source.length() ? source.charAt(position) : '\0';
    }

    /** Returns a following character, or a zero byte after the end. */
    char peek(int offset) {
        return position + offset < source.length() ? source.charAt(position + offset) : '\0';
    }

    /** Reads the next character if it is this one. */
    boolean accept(char c) {
        if (peek() == c && !atEnd()) {
            position++;
            return true;
        }
        return false;
    }

    /** Skips spaces and line ends. */
    void skipSpace() {
        while (!atEnd()) {
            char c = source.charAt(position);
            if (c == '\n' || c == '\r') {
                newline();
            } else if (c == ' ' || c == '\t' || c == '\f' || c == 0x0B) {
                position++;
            } else {
                return;
            }
        }
    }

    /** Skips a line end of one or two characters. */
    void newline() {
        char first = source.charAt(position++);
        char second = peek();
        if ((second == '\n' || second == '\r') && second != first && !atEnd()) {
            position++;
        }
        line++;
    }

    /** Returns the number of equals signs of an opening long bracket, after its first bracket, or -1. */
    int longBracketLevel() {
        int level = 0;
        while (peek(level) == '=') {
            level++;
        }
        if (peek(level) != '[') {
            return -1;
        }
        position += level + 1;
        return level;
    }
}
