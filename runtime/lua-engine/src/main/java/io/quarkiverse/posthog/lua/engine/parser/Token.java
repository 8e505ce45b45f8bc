package io.quarkiverse.posthog.lua.engine.parser;

import java.util.HashMap;
import java.util.Map;

/** The tokens of Lua. */
enum Token {

    AND("and"),
    BREAK("break"),
    DO("do"),
    ELSE("else"),
    ELSEIF("elseif"),
    END("end"),
    FALSE("false"),
    FOR("for"),
    FUNCTION("function"),
    GOTO("goto"),
    IF("if"),
    IN("in"),
    LOCAL("local"),
    NIL("nil"),
    NOT("not"),
    OR("or"),
    REPEAT("repeat"),
    RETURN("return"),
    THEN("then"),
    TRUE("true"),
    UNTIL("until"),
    WHILE("while"),
    PLUS("+"),
    MINUS("-"),
    STAR("*"),
    SLASH("/"),
    DOUBLE_SLASH("//"),
    PERCENT("%"),
    CARET("^"),
    HASH("#"),
    EQUAL("=="),
    NOT_EQUAL("~="),
    LESS_OR_EQUAL("<="),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    GREATER(">"),
    ASSIGN("="),
    LEFT_PARENTHESIS("("),
    RIGHT_PARENTHESIS(")"),
    LEFT_BRACE("{"),
    RIGHT_BRACE("}"),
    LEFT_BRACKET("["),
    RIGHT_BRACKET("]"),
    DOUBLE_COLON("::"),
    SEMICOLON(";"),
    COLON(":"),
    COMMA(","),
    DOT("."),
    CONCAT(".."),
    DOTS("..."),
    NUMBER("<number>"),
    NAME("<name>"),
    STRING("<string>"),
    EOF("<eof>");

    private static final Map<String, Token> KEYWORDS = new HashMap<>();

    static {
        for (Token token : values()) {
            if (token.compareTo(PLUS) < 0) {
                KEYWORDS.put(token.text, token);
            }
        }
    }

    final String text;

    Token(String text) {
        this.text = text;
    }

    static Token keyword(String name) {
        return KEYWORDS.getOrDefault(name, NAME);
    }
}
