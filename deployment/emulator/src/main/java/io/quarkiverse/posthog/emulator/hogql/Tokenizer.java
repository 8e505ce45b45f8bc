package io.quarkiverse.posthog.emulator.hogql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Splits a query into tokens. */
final class Tokenizer {

    private static final List<String> LONG_SYMBOLS = List.of("!=", "<>", "<=", ">=", "==");
    private static final String SHORT_SYMBOLS = "()[],.*+-/%=<>";
    private static final Map<Character, Character> ESCAPES = Map.of('n', '\n', 't', '\t', 'r', '\r', '0', '\0');

    private final String sql;
    private int position;

    Tokenizer(String sql) {
        this.sql = sql;
    }

    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        for (skipBlank(); position < sql.length(); skipBlank()) {
            tokens.add(next());
        }
        tokens.add(new Token(Token.Kind.END, "end of query", sql.length()));
        return tokens;
    }

    private void skipBlank() {
        while (position < sql.length()) {
            if (Character.isWhitespace(sql.charAt(position))) {
                position++;
            } else if (sql.startsWith("--", position)) {
                int end = sql.indexOf('\n', position);
                position = end < 0 ? sql.length() : end;
            } else {
                return;
            }
        }
    }

    private Token next() {
        char c = sql.charAt(position);
        if (c == '\'') {
            return quoted(Token.Kind.STRING, '\'');
        } else if (c == '`' || c == '"') {
            return quoted(Token.Kind.QUOTED_WORD, c);
        } else if (c == '{') {
            return placeholder();
        } else if (isWordPart(c) && !Character.isDigit(c)) {
            return taken(Token.Kind.WORD, this::isWordPart);
        } else if (Character.isDigit(c)) {
            return number();
        }
        return symbol();
    }

    private boolean isWordPart(int c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private Token taken(Token.Kind kind, java.util.function.IntPredicate part) {
        int start = position;
        while (position < sql.length() && part.test(sql.charAt(position))) {
            position++;
        }
        return new Token(kind, sql.substring(start, position), start);
    }

    private Token number() {
        Token whole = taken(Token.Kind.NUMBER, Character::isDigit);
        boolean fraction = position + 1 < sql.length() && sql.charAt(position) == '.'
                && Character.isDigit(sql.charAt(position + 1));
        if (!fraction) {
            return whole;
        }
        position++;
        taken(Token.Kind.NUMBER, Character::isDigit);
        return new Token(Token.Kind.NUMBER, sql.substring(whole.position(), position), whole.position());
    }

    private Token quoted(Token.Kind kind, char quote) {
        int start = position++;
        StringBuilder text = new StringBuilder();
        while (position < sql.length()) {
            char c = sql.charAt(position++);
            boolean more = position < sql.length();
            if (c == '\\' && more) {
                char escaped = sql.charAt(position++);
                text.append(ESCAPES.getOrDefault(escaped, escaped).charValue());
            } else if (c == quote && more && sql.charAt(position) == quote) {
                text.append(quote);
                position++;
            } else if (c == quote) {
                return new Token(kind, text.toString(), start);
            } else {
                text.append(c);
            }
        }
        throw HogQLException.at(sql, start, "unterminated " + quote);
    }

    private Token placeholder() {
        int start = position;
        int end = sql.indexOf('}', start);
        if (end < 0) {
            throw HogQLException.at(sql, start, "unterminated {");
        }
        position = end + 1;
        return new Token(Token.Kind.PLACEHOLDER, sql.substring(start + 1, end).trim(), start);
    }

    private Token symbol() {
        for (String symbol : LONG_SYMBOLS) {
            if (sql.startsWith(symbol, position)) {
                position += symbol.length();
                return new Token(Token.Kind.SYMBOL, symbol, position - symbol.length());
            }
        }
        char c = sql.charAt(position);
        if (SHORT_SYMBOLS.indexOf(c) < 0) {
            throw HogQLException.unsupportedAt(sql, position, "unexpected character '" + c + "'");
        }
        return new Token(Token.Kind.SYMBOL, String.valueOf(c), position++);
    }
}
