package io.quarkiverse.posthog.lua.engine.parser;

import io.quarkiverse.posthog.lua.engine.LuaStrings;

/** Reads a quoted string with its escape sequences. */
final class StringScanner {

    private final Lexer lexer;
    private final char quote;
    private final StringBuilder text = new StringBuilder();

    StringScanner(Lexer lexer, char quote) {
        this.lexer = lexer;
        this.quote = quote;
    }

    /** Returns the string, after its opening quote was read. */
    String scan() {
        while (true) {
            if (lexer.isAtEnd()) {
                throw lexer.error("unfinished string", "<eof>");
            }
            char c = lexer.current();
            if (c == '\n' || c == '\r') {
                throw lexer.escapeError("unfinished string", lexer.position());
            }
            lexer.read();
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
        int from = lexer.position() - 1;
        if (lexer.isAtEnd()) {
            throw lexer.error("unfinished string", "<eof>");
        }
        char c = lexer.current();
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
                lexer.readNewline();
                text.append('\n');
            }
            case 'x' -> {
                lexer.read();
                text.append((char) (hexadecimal(from) * 16 + hexadecimal(from)));
            }
            case 'z' -> {
                lexer.read();
                lexer.skipAllSpace();
            }
            case 'u' -> unicode(from);
            default -> decimal(c, from);
        }
    }

    private void simple(char c) {
        lexer.read();
        text.append(c);
    }

    private int hexadecimal(int from) {
        int digit = lexer.isAtEnd() ? -1 : Character.digit(lexer.current(), 16);
        if (digit < 0 || lexer.current() > 'f') {
            throw lexer.escapeError("hexadecimal digit expected", from);
        }
        lexer.read();
        return digit;
    }

    private void unicode(int from) {
        lexer.read();
        if (lexer.isAtEnd() || lexer.read() != '{') {
            throw lexer.escapeError("missing '{' in \\u{xxxx}", from);
        }
        int code = hexadecimal(from);
        while (!lexer.isAtEnd() && lexer.current() != '}') {
            code = code * 16 + hexadecimal(from);
            if (code > Character.MAX_CODE_POINT) {
                throw lexer.escapeError("UTF-8 value too large", from);
            }
        }
        if (lexer.isAtEnd()) {
            throw lexer.escapeError("missing '}' in \\u{xxxx}", from);
        }
        lexer.read();
        text.append(LuaStrings.fromJava(Character.toString(code)));
    }

    private void decimal(char first, int from) {
        if (first < '0' || first > '9') {
            throw lexer.escapeError("invalid escape sequence", from);
        }
        int code = 0;
        for (int i = 0; i < 3 && !lexer.isAtEnd() && lexer.current() >= '0' && lexer.current() <= '9'; i++) {
            code = code * 10 + lexer.read() - '0';
        }
        if (code > 255) {
            throw lexer.decimalError(from);
        }
        text.append((char) code);
    }
}
