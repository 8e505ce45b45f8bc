package io.quarkiverse.posthog.lua.engine.parser;

import java.util.HashMap;
import java.util.Map;

import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaSyntaxException;
import io.quarkiverse.posthog.lua.engine.interpreter.Numbers;

/** Splits a source, as a Lua string, into tokens. */
final class Lexer {

    private static final int MAX_NEAR = 80;

    final SourceReader reader;
    private final String chunkName;
    private final Map<String, String> strings = new HashMap<>();
    private long constantBytes;
    private int tokens;

    private int start;

    /** The current token. */
    Token token;
    /** The text of a name or string, or the number. */
    Object value;
    /** The line of the current token. */
    int line = 1;
    /** The line of the token before it. */
    int lastLine = 1;

    Lexer(String source, String chunkName) {
        this.reader = new SourceReader(source);
        this.chunkName = chunkName;
        if (reader.continuesWith("#!")) {
            while (reader.peek() != '\n' && !reader.atEnd()) {
                reader.position++;
            }
        }
        next();
    }

    /** Returns an estimate of the memory of the code. */
    long estimatedBytes() {
        return constantBytes + 96L * tokens;
    }

    /** Returns the number of tokens so far. */
    int tokens() {
        return tokens;
    }

    void next() {
        tokens++;
        lastLine = reader.line;
        token = scan();
        line = reader.line;
    }

    /** Returns the token after the current one, without a change. */
    Token lookAhead() {
        int savedPosition = reader.position;
        int savedStart = start;
        int savedLine = reader.line;
        Object savedValue = value;
        Token following = scan();
        reader.position = savedPosition;
        start = savedStart;
        reader.line = savedLine;
        value = savedValue;
        return following;
    }

    LuaSyntaxException error(String message) {
        return error(message,
                token == Token.EOF ? "<eof>" : "'" + reader.text(start, Math.min(reader.position, start + 60)) + "'");
    }

    LuaSyntaxException error(String message, String near) {
        String text = chunkName + ":" + reader.line + ": " + message + (near == null ? ""
                : " near " + LuaStrings.toJava(near.length() <= MAX_NEAR ? near : near.substring(0, MAX_NEAR) + "...'"));
        return new LuaSyntaxException(text, reader.line);
    }

    private LuaSyntaxException errorAtPosition(String message) {
        return error(message, reader.atEnd() ? "<eof>" : "'" + reader.text(start, reader.position + 1) + "'");
    }

    private Token scan() {
        while (true) {
            reader.skipSpace();
            start = reader.position;
            if (reader.atEnd()) {
                return Token.EOF;
            }
            char c = reader.peek();
            if (isNameStart(c)) {
                return scanName();
            }
            if (isDigit(c) || c == '.' && isDigit(reader.peek(1))) {
                return scanNumber();
            }
            reader.position++;
            if (c == '-' && reader.accept('-')) {
                skipComment();
                continue;
            }
            return scanSymbol(c);
        }
    }

    private Token scanSymbol(char c) {
        return switch (c) {
            case '+' -> Token.PLUS;
            case '-' -> Token.MINUS;
            case '*' -> Token.STAR;
            case '/' -> reader.accept('/') ? Token.DOUBLE_SLASH : Token.SLASH;
            case '%' -> Token.PERCENT;
            case '^' -> Token.CARET;
            case '#' -> Token.HASH;
            case '=' -> reader.accept('=') ? Token.EQUAL : Token.ASSIGN;
            case '<' -> reader.accept('=') ? Token.LESS_OR_EQUAL : Token.LESS;
            case '>' -> reader.accept('=') ? Token.GREATER_OR_EQUAL : Token.GREATER;
            case '(' -> Token.LEFT_PARENTHESIS;
            case ')' -> Token.RIGHT_PARENTHESIS;
            case '{' -> Token.LEFT_BRACE;
            case '}' -> Token.RIGHT_BRACE;
            case ']' -> Token.RIGHT_BRACKET;
            case ';' -> Token.SEMICOLON;
            case ':' -> reader.accept(':') ? Token.DOUBLE_COLON : Token.COLON;
            case ',' -> Token.COMMA;
            case '.' -> reader.accept('.') ? reader.accept('.') ? Token.DOTS : Token.CONCAT : Token.DOT;
            case '[' -> scanBracket();
            case '"', '\'' -> {
                string(new StringScanner(this, c).scan());
                yield Token.STRING;
            }
            case '~' -> {
                if (reader.accept('=')) {
                    yield Token.NOT_EQUAL;
                }
                throw error("unexpected symbol", "'~'");
            }
            default -> throw error("unexpected symbol", c < ' ' || c > '~' ? "char(" + (int) c + ")" : "'" + c + "'");
        };
    }

    private Token scanBracket() {
        int level = reader.longBracketLevel();
        if (level < 0) {
            if (reader.peek() == '=') {
                throw errorAtPosition("invalid long string delimiter");
            }
            return Token.LEFT_BRACKET;
        }
        string(scanLong(level, "unfinished long string"));
        return Token.STRING;
    }

    private void string(String text) {
        value = intern(text);
    }

    private String intern(String text) {
        String known = strings.putIfAbsent(text, text);
        if (known == null) {
            constantBytes += 100 + text.length();
            return text;
        }
        return known;
    }

    private void skipComment() {
        if (reader.accept('[')) {
            int level = reader.longBracketLevel();
            if (level >= 0) {
                scanLong(level, "unfinished long comment");
                return;
            }
        }
        while (!reader.atEnd() && reader.peek() != '\n' && reader.peek() != '\r') {
            reader.position++;
        }
    }

    private String scanLong(int level, String unfinished) {
        int firstLine = reader.line;
        StringBuilder text = new StringBuilder();
        if (!reader.atEnd() && (reader.peek() == '\n' || reader.peek() == '\r')) {
            reader.newline();
        }
        String close = "]" + "=".repeat(level) + "]";
        while (true) {
            if (reader.atEnd()) {
                throw error(unfinished + " (started at line " + firstLine + ")", "<eof>");
            }
            char c = reader.peek();
            if (c == ']' && reader.continuesWith(close)) {
                reader.position += close.length();
                return text.toString();
            }
            if (c == '\n' || c == '\r') {
                reader.newline();
                text.append('\n');
            } else {
                text.append(c);
                reader.position++;
            }
        }
    }

    private Token scanName() {
        while (!reader.atEnd() && isNamePart(reader.peek())) {
            reader.position++;
        }
        String name = reader.text(start, reader.position);
        Token keyword = Token.keyword(name);
        if (keyword == Token.NAME) {
            value = intern(name);
        }
        return keyword;
    }

    private Token scanNumber() {
        char exponent = reader.peek() == '0' && (reader.peek(1) | 0x20) == 'x' ? 'p' : 'e';
        while (isNamePart(reader.peek()) || reader.peek() == '.') {
            boolean sign = (reader.peek() | 0x20) == exponent && (reader.peek(1) == '+' || reader.peek(1) == '-');
            reader.position += sign ? 2 : 1;
        }
        value = Numbers.parse(reader.text(start, reader.position));
        if (value == null) {
            throw error("malformed number", "'" + reader.text(start, reader.position) + "'");
        }
        return Token.NUMBER;
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    LuaSyntaxException stringError(String message) {
        return errorAtPosition(message);
    }

    LuaSyntaxException escapeError(String message, int from) {
        return error(message, "'" + reader.text(from, reader.position + 1) + "'");
    }

    LuaSyntaxException decimalError(int from) {
        return error("decimal escape too large", "'" + reader.text(from, reader.position) + "'");
    }
}
