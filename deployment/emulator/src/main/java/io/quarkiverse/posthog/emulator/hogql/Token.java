package io.quarkiverse.posthog.emulator.hogql;

/** A piece of the query text. */
record Token(Kind kind, String text, int position) {

    enum Kind {
        WORD,
        QUOTED_WORD,
        NUMBER,
        STRING,
        PLACEHOLDER,
        SYMBOL,
        END
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isKeyword(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }
}
