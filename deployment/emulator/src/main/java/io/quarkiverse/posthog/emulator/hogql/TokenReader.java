package io.quarkiverse.posthog.emulator.hogql;

import java.util.List;

/** A cursor over the tokens of a query. */
final class TokenReader {

    private final String sql;
    private final List<Token> tokens;
    private int index;

    TokenReader(String sql) {
        this.sql = sql;
        this.tokens = new Tokenizer(sql).tokens();
    }

    Token peek() {
        return tokens.get(index);
    }

    /** The token behind the next one. */
    Token peekSecond() {
        return tokens.get(Math.min(index + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = peek();
        if (token.kind() != Token.Kind.END) {
            index++;
        }
        return token;
    }

    boolean takeKeyword(String keyword) {
        boolean there = peek().isKeyword(keyword);
        if (there) {
            next();
        }
        return there;
    }

    boolean takeSymbol(String symbol) {
        boolean there = peek().isSymbol(symbol);
        if (there) {
            next();
        }
        return there;
    }

    void expectKeyword(String keyword) {
        if (!takeKeyword(keyword)) {
            throw error(peek(), "expected " + keyword.toUpperCase(java.util.Locale.ROOT) + " but found " + peek().text());
        }
    }

    void expectSymbol(String symbol) {
        if (!takeSymbol(symbol)) {
            throw error(peek(), "expected " + symbol + " but found " + peek().text());
        }
    }

    void expectEnd() {
        if (peek().kind() != Token.Kind.END) {
            throw error(peek(), "unexpected " + peek().text());
        }
    }

    String word() {
        Token token = next();
        if (token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.QUOTED_WORD) {
            throw error(token, "expected a name but found " + token.text());
        }
        return token.text();
    }

    /** The query text from a position up to the token that was read last. */
    String textSince(int start) {
        return sql.substring(start, peek().position()).trim();
    }

    HogQLException error(Token token, String message) {
        // A query that ends too early is wrong; any other text may be HogQL that the parser lacks
        return token.kind() == Token.Kind.END ? HogQLException.at(sql, token.position(), message)
                : HogQLException.unsupportedAt(sql, token.position(), message);
    }
}
