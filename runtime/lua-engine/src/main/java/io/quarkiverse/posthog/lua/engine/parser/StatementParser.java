package io.quarkiverse.posthog.lua.engine.parser;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.posthog.lua.engine.interpreter.LocalVariable;
import io.quarkiverse.posthog.lua.engine.tree.AssignGlobalStatement;
import io.quarkiverse.posthog.lua.engine.tree.AssignIndexStatement;
import io.quarkiverse.posthog.lua.engine.tree.AssignListStatement;
import io.quarkiverse.posthog.lua.engine.tree.AssignLocalStatement;
import io.quarkiverse.posthog.lua.engine.tree.AssignUpvalueStatement;
import io.quarkiverse.posthog.lua.engine.tree.Block;
import io.quarkiverse.posthog.lua.engine.tree.CallExpression;
import io.quarkiverse.posthog.lua.engine.tree.CallStatement;
import io.quarkiverse.posthog.lua.engine.tree.Constant;
import io.quarkiverse.posthog.lua.engine.tree.Expression;
import io.quarkiverse.posthog.lua.engine.tree.ExpressionList;
import io.quarkiverse.posthog.lua.engine.tree.FieldExpression;
import io.quarkiverse.posthog.lua.engine.tree.FunctionExpression;
import io.quarkiverse.posthog.lua.engine.tree.GenericForStatement;
import io.quarkiverse.posthog.lua.engine.tree.GlobalExpression;
import io.quarkiverse.posthog.lua.engine.tree.IfStatement;
import io.quarkiverse.posthog.lua.engine.tree.IndexExpression;
import io.quarkiverse.posthog.lua.engine.tree.JumpStatement;
import io.quarkiverse.posthog.lua.engine.tree.LocalExpression;
import io.quarkiverse.posthog.lua.engine.tree.LocalFunctionStatement;
import io.quarkiverse.posthog.lua.engine.tree.LocalListStatement;
import io.quarkiverse.posthog.lua.engine.tree.LocalStatement;
import io.quarkiverse.posthog.lua.engine.tree.NumericForStatement;
import io.quarkiverse.posthog.lua.engine.tree.RepeatStatement;
import io.quarkiverse.posthog.lua.engine.tree.ReturnCallStatement;
import io.quarkiverse.posthog.lua.engine.tree.ReturnStatement;
import io.quarkiverse.posthog.lua.engine.tree.ReturnValueStatement;
import io.quarkiverse.posthog.lua.engine.tree.Signal;
import io.quarkiverse.posthog.lua.engine.tree.Statement;
import io.quarkiverse.posthog.lua.engine.tree.UpvalueExpression;
import io.quarkiverse.posthog.lua.engine.tree.WhileStatement;

/** Compiles statements. */
final class StatementParser {

    private static final Expression[] NO_EXPRESSIONS = {};

    private final Parser parser;
    private final Lexer lexer;

    StatementParser(Parser parser) {
        this.parser = parser;
        this.lexer = parser.lexer;
    }

    /** Compiles statements into the current block, up to the token that ends it. */
    void parseAll() {
        while (!endsBlock(lexer.token)) {
            if (lexer.token == Token.RETURN) {
                add(returnStatement());
                return;
            }
            parser.enter();
            statement();
            parser.leave();
        }
    }

    private static boolean endsBlock(Token token) {
        return token == Token.EOF || token == Token.END || token == Token.ELSE || token == Token.ELSEIF || token == Token.UNTIL;
    }

    private void add(Statement statement) {
        parser.function.block.add(parser.check(statement));
    }

    private Block block(boolean loop) {
        BlockScope scope = new BlockScope(parser.function, lexer, loop);
        parseAll();
        return parser.check(scope.close(false));
    }

    private void statement() {
        int line = lexer.line;
        switch (lexer.token) {
            case SEMICOLON -> lexer.next();
            case IF -> ifStatement(line);
            case WHILE -> whileStatement(line);
            case DO -> {
                lexer.next();
                Block body = block(false);
                parser.expectClosing(Token.END, Token.DO, line);
                add(body);
            }
            case FOR -> forStatement(line);
            case REPEAT -> repeatStatement(line);
            case FUNCTION -> functionStatement(line);
            case LOCAL -> {
                lexer.next();
                if (parser.accept(Token.FUNCTION)) {
                    localFunction(line);
                } else {
                    localStatement(line);
                }
            }
            case DOUBLE_COLON -> {
                lexer.next();
                String name = parser.name();
                parser.function.block.addLabel(name, line);
                parser.expect(Token.DOUBLE_COLON);
            }
            case BREAK -> breakStatement(line);
            case GOTO -> {
                lexer.next();
                JumpStatement statement = new JumpStatement(line, null);
                parser.function.block.addGoto(parser.name(), line, statement);
                add(statement);
            }
            default -> expressionStatement(line);
        }
    }

    private void ifStatement(int line) {
        List<Expression> conditions = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        Block otherwise = null;
        do {
            lexer.next();
            conditions.add(parser.expressions.parse());
            parser.expect(Token.THEN);
            blocks.add(block(false));
        } while (lexer.token == Token.ELSEIF);
        if (parser.accept(Token.ELSE)) {
            otherwise = block(false);
        }
        parser.expectClosing(Token.END, Token.IF, line);
        add(new IfStatement(line, conditions.toArray(NO_EXPRESSIONS), blocks.toArray(Block[]::new), otherwise));
    }

    private void whileStatement(int line) {
        lexer.next();
        Expression condition = parser.expressions.parse();
        parser.expect(Token.DO);
        Block body = block(true);
        parser.expectClosing(Token.END, Token.WHILE, line);
        add(new WhileStatement(line, condition, body));
    }

    private void repeatStatement(int line) {
        lexer.next();
        BlockScope outer = new BlockScope(parser.function, lexer, true);
        BlockScope inner = new BlockScope(parser.function, lexer, false);
        parseAll();
        parser.expectClosing(Token.UNTIL, Token.REPEAT, line);
        Expression condition = parser.expressions.parse();
        Block body = parser.check(inner.close(true));
        outer.add(parser.check(new RepeatStatement(line, body, condition)));
        add(outer.close(false));
    }

    private void forStatement(int line) {
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
        add(outer.close(false));
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
        parseAll();
        parser.expectClosing(Token.END, Token.FOR, line);
        return parser.check(scope.close(false));
    }

    private void functionStatement(int line) {
        lexer.next();
        int nameLine = lexer.line;
        String name = parser.name();
        Expression target = parser.function.resolve(name, nameLine);
        StringBuilder fullName = new StringBuilder(name);
        boolean method = false;
        while (!method && (lexer.token == Token.DOT || lexer.token == Token.COLON)) {
            method = lexer.token == Token.COLON;
            fullName.append(lexer.token.text);
            lexer.next();
            String field = parser.name();
            fullName.append(field);
            target = parser.check(new FieldExpression(nameLine, target, field));
        }
        int base = parser.function.free();
        parser.function.setFree(base + 3);
        Expression function = new FunctionExpression(line, parser.parseFunction(fullName.toString(), method, line));
        parser.function.setFree(base);
        add(assignment(line, target, function, base));
    }

    private void localFunction(int line) {
        String name = parser.name();
        LocalVariable variable = new LocalVariable(name, parser.function.free());
        parser.function.activate(variable);
        add(new LocalFunctionStatement(line, variable, new FunctionExpression(line, parser.parseFunction(name, false, line))));
    }

    private void localStatement(int line) {
        List<String> names = new ArrayList<>();
        do {
            names.add(parser.name());
        } while (parser.accept(Token.COMMA));
        int first = parser.function.free();
        ExpressionList values = parser.accept(Token.ASSIGN) ? parser.parseList() : new ExpressionList(line, NO_EXPRESSIONS);
        LocalVariable[] variables = new LocalVariable[names.size()];
        for (int i = 0; i < variables.length; i++) {
            variables[i] = new LocalVariable(names.get(i), first + i);
            parser.function.activate(variables[i]);
        }
        if (variables.length == 1 && values.size() <= 1) {
            add(new LocalStatement(line, variables[0], values.size() == 0 ? null : values.get(0)));
        } else {
            add(new LocalListStatement(line, variables, values));
        }
    }

    private void breakStatement(int line) {
        lexer.next();
        BlockScope scope = parser.function.block;
        while (scope != null && !scope.loop) {
            scope = scope.parent;
        }
        if (scope == null) {
            throw lexer.error("<break> at line " + line + " not inside a loop", null);
        }
        add(new JumpStatement(line, Signal.BREAK));
    }

    private Statement returnStatement() {
        int line = lexer.line;
        lexer.next();
        int base = parser.function.free();
        ExpressionList values = endsBlock(lexer.token) || lexer.token == Token.SEMICOLON
                ? new ExpressionList(line, NO_EXPRESSIONS)
                : parser.parseList();
        parser.accept(Token.SEMICOLON);
        if (!endsBlock(lexer.token)) {
            throw lexer.error("'<eof>' expected");
        }
        if (values.size() == 1) {
            Expression value = values.get(0);
            if (value instanceof CallExpression call) {
                return new ReturnCallStatement(line, call);
            }
            if (!value.isMultiple()) {
                return new ReturnValueStatement(line, value);
            }
        }
        return new ReturnStatement(line, values, base);
    }

    private void expressionStatement(int line) {
        int base = parser.function.free();
        Expression first = parser.expressions.suffixed();
        if (lexer.token != Token.ASSIGN && lexer.token != Token.COMMA) {
            if (!(first instanceof CallExpression call)) {
                throw lexer.error("syntax error");
            }
            add(new CallStatement(call));
            return;
        }
        List<Expression> targets = new ArrayList<>();
        targets.add(assignable(first));
        while (parser.accept(Token.COMMA)) {
            parser.function.setFree(base + 2 * targets.size());
            targets.add(assignable(parser.expressions.suffixed()));
        }
        parser.expect(Token.ASSIGN);
        int count = targets.size();
        parser.function.setFree(count == 1 ? base + 2 : base + 2 * count);
        ExpressionList values = parser.parseList();
        parser.function.setFree(base + 3 * count);
        parser.function.setFree(base);
        if (count == 1 && values.size() == 1) {
            add(assignment(line, first, values.get(0), base));
        } else {
            add(new AssignListStatement(line, targets.toArray(NO_EXPRESSIONS), values, base));
        }
    }

    private Expression assignable(Expression expression) {
        if (expression instanceof LocalExpression || expression instanceof UpvalueExpression
                || expression instanceof GlobalExpression
                || expression instanceof FieldExpression || expression instanceof IndexExpression) {
            return expression;
        }
        throw lexer.error("syntax error");
    }

    private static Statement assignment(int line, Expression target, Expression value, int base) {
        if (target instanceof LocalExpression local) {
            return new AssignLocalStatement(line, local.variable(), value);
        }
        if (target instanceof UpvalueExpression upvalue) {
            return new AssignUpvalueStatement(line, upvalue.index(), value);
        }
        if (target instanceof GlobalExpression global) {
            return new AssignGlobalStatement(line, global.name(), value, base);
        }
        if (target instanceof FieldExpression field) {
            return new AssignIndexStatement(line, field.table(), new Constant(field.line, field.name()), value, base);
        }
        IndexExpression index = (IndexExpression) target;
        return new AssignIndexStatement(line, index.table(), index.key(), value, base);
    }
}
