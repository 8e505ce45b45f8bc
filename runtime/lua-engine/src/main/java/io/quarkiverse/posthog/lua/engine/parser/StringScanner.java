package io.quarkiverse.posthog.lua.engine.parser;

import io.quarkiverse.posthog.lua.engine.LuaStrings;

/** Reads a quoted string with its escape sequences. */
final class StringScanner {

    private final Lexer lexer;
    private final SourceReader reader;
    private final char quote;
    private final StringBuilder text = new StringBuilder();

    StringScanner(Lexer lexer, char quote) {
        this.lexer = lexer;
        this.reader = lexer.reader;
        this.quote = quote;
    }

    /** Returns the string, after its opening quote was read. */
    String scan() {
        while (true) {
            if (reader.atEnd()) {
                throw lexer.error("unfinished string", "<eof>");
            }
            char c = reader.peek();
            if (c == '\n' || c == '\r') {
                throw lexer.escapeError("unfinished string", reader.position);
            }
            reader.read();
            if (c == quote) {
                return text.toString();
            }
            if (c == '\\') {
                escape();
            } else {
                text.append(c);
            }
        }
    }

    private void escape() {
        int from = reader.position - 1;
        if (reader.atEnd()) {
            throw lexer.error("unfinished string", "<eof>");
        }
        char c = reader.peek();
        switch (c) {
            case 'a' -> simple((char) 7);
            case 'b' -> simple('\b');
            case 'f' -> simple('\f');
            case 'n' -> simple('\n');
            case 'r' -> simple('\r');
            case 't' -> simple('\t');
            case 'v' -> simple((char) 11);
            case '\\', '"', '\'' -> simple(c);
            case '\n', '\r' -> {
                reader.newline();
                text.append('\n');
            }
            case 'x' -> {
                reader.read();
                text.append((char) (hexadecimal(from) * 16 + hexadecimal(from)));
            }
            case 'z' -> {
                reader.read();
                reader.skipSpace();
            }
            case 'u' -> unicode(from);
            default -> decimal(c, from);
        }
    }

    private void simple(char c) {
        reader.read();
        text.append(c);
    }

    private int hexadecimal(int from) {
        int digit = reader.atEnd() ? -1 : Character.digit(reader.peek(), 16);
        if (digit < 0 || reader.peek() > 'f') {
            throw lexer.escapeError("hexadecimal digit expected", from);
        }
        reader.read();
        return digit;
    }

    private void unicode(int from) {
        reader.read();
        if (reader.atEnd() || reader.read() != '{') {
            throw lexer.escapeError("missing '{' in \\u{xxxx}", from);
        }
        int code = hexadecimal(from);
        while (!reader.atEnd() && reader.peek() != '}') {
            code = code * 16 + hexadecimal(from);
            if (code > Character.MAX_CODE_POINT) {
                throw lexer.escapeError("UTF-8 value too large", from);
            }
        }
        if (reader.atEnd()) {
            throw lexer.escapeError("missing '}' in \\u{xxxx}", from);
        }
        reader.read();
        text.append(LuaStrings.fromJava(Character.toString(code)));
    }

    private void decimal(char first, int from) {
        if (first < '0' || first > '9') {
            throw lexer.escapeError("invalid escape sequence", from);
        }
        int code = 0;
        for (int i = 0; i < 3 && !reader.atEnd() && reader.peek() >= '0' && reader.peek() <= '9'; i++) {
            code = code * 10 + reader.read() - '0';
        }
        if (code > 255) {
            throw lexer.decimalError(from);
        }
        text.append((char) code);
    }
}
