package io.quarkiverse.posthog.lua.engine.parser;

import java.util.HashMap;
import java.util.Map;

import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaSyntaxException;
import io.quarkiverse.posthog.lua.engine.interpreter.Numbers;

/** Splits a source, as a Lua string, into tokens. */
final class Lexer {

    private final String source;
    private final String chunkName;
    private final Map<String, String> strings = new HashMap<>();
    private long constantBytes;
    private int tokens;

    private int position;
    private int start;
    private int currentLine = 1;

    /** The current token. */
    Token token;
    /** The text of a name or string, or the number. */
    Object value;
    /** The line of the current token. */
    int line = 1;
    /** The line of the token before it. */
    int lastLine = 1;

    Lexer(String source, String chunkName) {
        this.source = source;
        this.chunkName = chunkName;
        if (source.startsWith("#!")) {
            while (peek() != '\n' && !atEnd()) {
                position++;
            }
        }
        next();
    }

    /** Returns an estimate of the memory of the code. */
    long estimatedBytes() {
        return constantBytes + 96L * tokens;
    }

    void next() {
        tokens++;
        lastLine = currentLine;
        token = scan();
        line = currentLine;
    }

    /** Returns the token after the current one, without a change. */
    Token lookAhead() {
        int savedPosition = position;
        int savedStart = start;
        int savedLine = currentLine;
        Object savedValue = value;
        Token following = scan();
        position = savedPosition;
        start = savedStart;
        currentLine = savedLine;
        value = savedValue;
        return following;
    }

    LuaSyntaxException error(String message) {
        return error(message,
                token == Token.EOF ? "<eof>" : "'" + source.substring(start, Math.min(position, start + 60)) + "'");
    }

    LuaSyntaxException error(String message, String near) {
        String text = chunkName + ":" + currentLine + ": " + message + (near == null ? "" : " near " + LuaStrings.toJava(near));
        return new LuaSyntaxException(text, currentLine);
    }

    private LuaSyntaxException errorAtPosition(String message) {
        return error(message, atEnd() ? "<eof>" : "'" + source.substring(start, Math.min(source.length(), position + 1)) + "'");
    }

    private boolean atEnd() {
        return position >= source.length();
    }

    private char peek() {
        return position < source.length() ? source.charAt(position) : '\0';
    }

    private char peek(int offset) {
        return position + offset < source.length() ? source.charAt(position + offset) : '\0';
    }

    private boolean accept(char c) {
        if (peek() == c && !atEnd()) {
            position++;
            return true;
        }
        return false;
    }

    private Token scan() {
        while (true) {
            skipSpace();
            start = position;
            if (atEnd()) {
                return Token.EOF;
            }
            char c = source.charAt(position);
            if (isNameStart(c)) {
                return scanName();
            }
            if (isDigit(c) || c == '.' && isDigit(peek(1))) {
                return scanNumber();
            }
            position++;
            if (c == '-' && accept('-')) {
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
            case '/' -> accept('/') ? Token.DOUBLE_SLASH : Token.SLASH;
            case '%' -> Token.PERCENT;
            case '^' -> Token.CARET;
            case '#' -> Token.HASH;
            case '=' -> accept('=') ? Token.EQUAL : Token.ASSIGN;
            case '<' -> accept('=') ? Token.LESS_OR_EQUAL : Token.LESS;
            case '>' -> accept('=') ? Token.GREATER_OR_EQUAL : Token.GREATER;
            case '(' -> Token.LEFT_PARENTHESIS;
            case ')' -> Token.RIGHT_PARENTHESIS;
            case '{' -> Token.LEFT_BRACE;
            case '}' -> Token.RIGHT_BRACE;
            case ']' -> Token.RIGHT_BRACKET;
            case ';' -> Token.SEMICOLON;
            case ':' -> accept(':') ? Token.DOUBLE_COLON : Token.COLON;
            case ',' -> Token.COMMA;
            case '.' -> accept('.') ? accept('.') ? Token.DOTS : Token.CONCAT : Token.DOT;
            case '[' -> scanBracket();
            case '"', '\'' -> {
                string(new StringScanner(this, c).scan());
                yield Token.STRING;
            }
            case '~' -> {
                if (accept('=')) {
                    yield Token.NOT_EQUAL;
                }
                throw error("unexpected symbol", "'~'");
            }
            default -> throw error("unexpected symbol", c < ' ' || c > '~' ? "char(" + (int) c + ")" : "'" + c + "'");
        };
    }

    private Token scanBracket() {
        int level = longBracketLevel();
        if (level < 0) {
            if (peek() == '=') {
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

    private void skipSpace() {
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
    private void newline() {
        char first = source.charAt(position++);
        char second = peek();
        if ((second == '\n' || second == '\r') && second != first && !atEnd()) {
            position++;
        }
        currentLine++;
    }

    private void skipComment() {
        if (accept('[')) {
            int level = longBracketLevel();
            if (level >= 0) {
                scanLong(level, "unfinished long comment");
                return;
            }
        }
        while (!atEnd() && peek() != '\n' && peek() != '\r') {
            position++;
        }
    }

    /** Returns the number of equals signs of an opening long bracket, after its first bracket, or -1. */
    private int longBracketLevel() {
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

    private String scanLong(int level, String unfinished) {
        int firstLine = currentLine;
        StringBuilder text = new StringBuilder();
        if (!atEnd() && (peek() == '\n' || peek() == '\r')) {
            newline();
        }
        String close = "]" + "=".repeat(level) + "]";
        while (true) {
            if (atEnd()) {
                throw error(unfinished + " (started at line " + firstLine + ")", "<eof>");
            }
            char c = source.charAt(position);
            if (c == ']' && source.startsWith(close, position)) {
                position += close.length();
                return text.toString();
            }
            if (c == '\n' || c == '\r') {
                newline();
                text.append('\n');
            } else {
                text.append(c);
                position++;
            }
        }
    }

    private Token scanName() {
        while (!atEnd() && isNamePart(source.charAt(position))) {
            position++;
        }
        String name = source.substring(start, position);
        Token keyword = Token.keyword(name);
        if (keyword == Token.NAME) {
            value = intern(name);
        }
        return keyword;
    }

    private Token scanNumber() {
        char exponent = peek() == '0' && (peek(1) | 0x20) == 'x' ? 'p' : 'e';
        while (isNamePart(peek()) || peek() == '.') {
            boolean sign = (peek() | 0x20) == exponent && (peek(1) == '+' || peek(1) == '-');
            position += sign ? 2 : 1;
        }
        value = Numbers.parse(source.substring(start, position));
        if (value == null) {
            throw error("malformed number", "'" + source.substring(start, position) + "'");
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

    // For the scanner of quoted strings

    boolean isAtEnd() {
        return atEnd();
    }

    char read() {
        return source.charAt(position++);
    }

    char current() {
        return peek();
    }

    void readNewline() {
        newline();
    }

    void skipAllSpace() {
        skipSpace();
    }

    LuaSyntaxException stringError(String message) {
        return errorAtPosition(message);
    }

    LuaSyntaxException escapeError(String message, int from) {
        return error(message, "'" + source.substring(from, Math.min(source.length(), position + 1)) + "'");
    }

    LuaSyntaxException decimalError(int from) {
        return error("decimal escape too large", "'" + source.substring(from, position) + "'");
    }

    int position() {
        return position;
    }
}
