package io.quarkiverse.posthog.lua.engine.parser;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.posthog.lua.engine.interpreter.Expression;
import io.quarkiverse.posthog.lua.engine.interpreter.LocalVariable;
import io.quarkiverse.posthog.lua.engine.interpreter.Statement;
import io.quarkiverse.posthog.lua.engine.tree.Block;
import io.quarkiverse.posthog.lua.engine.tree.ExpressionList;
import io.quarkiverse.posthog.lua.engine.tree.GenericForStatement;
import io.quarkiverse.posthog.lua.engine.tree.NumericForStatement;
import io.quarkiverse.posthog.lua.engine.tree.RepeatStatement;
import io.quarkiverse.posthog.lua.engine.tree.WhileStatement;

/** Compiles loops. */
final class LoopParser {

    private final Parser parser;
    private final Lexer lexer;

    LoopParser(Parser parser) {
        this.parser = parser;
        this.lexer = parser.lexer;
    }

    Statement whileLoop(int line) {
        int firstToken = lexer.tokens();
        lexer.next();
        Expression condition = parser.expressions.parse();
        parser.expect(Token.DO);
        Block body = parser.statements.block(true, firstToken);
        parser.expectClosing(Token.END, Token.WHILE, line);
        return new WhileStatement(line, condition, body);
    }

    Statement repeatLoop(int line) {
        lexer.next();
        BlockScope outer = new BlockScope(parser.function, lexer, true);
        BlockScope inner = new BlockScope(parser.function, lexer, false);
        parser.statements.parseAll();
        parser.expectClosing(Token.UNTIL, Token.REPEAT, line);
        Expression condition = parser.expressions.parse();
        Block body = parser.check(inner.close(true));
        outer.add(parser.check(new RepeatStatement(line, body, condition)));
        return outer.close(false);
    }

    Statement forLoop(int line) {
        lexer.next();
        FunctionScope function = parser.function;
        int base = function.free();
        BlockScope outer = new BlockScope(function, lexer, false);
        String first = parser.name();
        Statement loop = switch (lexer.token) {
            case ASSIGN -> numericFor(line, first);
            case COMMA, IN -> genericFor(line, first, base);
            default -> throw lexer.error("'=' or 'in' expected");
        };
        outer.add(parser.check(loop));
        return outer.close(false);
    }

    private Statement numericFor(int line, String name) {
        lexer.next();
        Expression start = parser.expressions.parse();
        parser.expect(Token.COMMA);
        Expression limit = parser.expressions.parse();
        Expression step = parser.accept(Token.COMMA) ? parser.expressions.parse() : null;
        parser.expect(Token.DO);
        LocalVariable variable = new LocalVariable(name, parser.function.free());
        Block body = forBody(line, variable);
        return new NumericForStatement(line, variable, start, limit, step, body);
    }

    private Statement genericFor(int line, String first, int base) {
        List<String> names = new ArrayList<>();
        names.add(first);
        while (parser.accept(Token.COMMA)) {
            names.add(parser.name());
        }
        parser.expect(Token.IN);
        ExpressionList iterator = parser.parseList();
        parser.expect(Token.DO);
        parser.function.setFree(base + 3);
        LocalVariable[] variables = new LocalVariable[names.size()];
        for (int i = 0; i < variables.length; i++) {
            variables[i] = new LocalVariable(names.get(i), base + 3 + i);
        }
        Block body = forBody(line, variables);
        return new GenericForStatement(line, variables, iterator, body, base);
    }

    private Block forBody(int line, LocalVariable... variables) {
        BlockScope scope = new BlockScope(parser.function, lexer, true);
        for (LocalVariable variable : variables) {
            parser.function.activate(variable);
        }
        parser.statements.parseAll();
        parser.expectClosing(Token.END, Token.FOR, line);
        return parser.check(scope.close(false));
    }
}
