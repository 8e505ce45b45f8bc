package io.quarkiverse.posthog.lua.engine.parser;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.posthog.lua.engine.LuaSyntaxException;
import io.quarkiverse.posthog.lua.engine.interpreter.LocalVariable;
import io.quarkiverse.posthog.lua.engine.interpreter.Prototype;
import io.quarkiverse.posthog.lua.engine.tree.Block;
import io.quarkiverse.posthog.lua.engine.tree.Expression;
import io.quarkiverse.posthog.lua.engine.tree.ExpressionList;
import io.quarkiverse.posthog.lua.engine.tree.Node;

/** Compiles a chunk: what statements and expressions have in common. */
public final class Parser {

    /** The number of nested blocks, functions and expressions. */
    private static final int MAX_LEVELS = 190;
    private static final int MAX_HEIGHT = 200;

    final Lexer lexer;
    final String chunkName;
    final ExpressionParser expressions;
    final StatementParser statements;
    FunctionScope function;
    private int levels;

    /** Creates a parser for a source, which is a Lua string. */
    public Parser(String source, String chunkName) {
        this.chunkName = chunkName;
        this.lexer = new Lexer(source, chunkName);
        this.expressions = new ExpressionParser(this);
        this.statements = new StatementParser(this);
    }

    /** Returns the main function. */
    public Prototype parse() {
        function = new FunctionScope(null, true, lexer, 0);
        BlockScope block = new BlockScope(function, lexer, false);
        statements.parseAll();
        if (lexer.token != Token.EOF) {
            throw lexer.error("'<eof>' expected");
        }
        Block body = check(block.close(false));
        return new Prototype(chunkName, "main chunk", 0, new LocalVariable[0], true, function.upvalues(), function.frameSize(),
                body);
    }

    /** Returns an estimate of the memory of the code. */
    public long estimatedBytes() {
        return lexer.estimatedBytes();
    }

    /** Compiles the parameters and the body of a function, after the keyword. */
    Prototype parseFunction(String name, boolean method, int line) {
        enter();
        expect(Token.LEFT_PARENTHESIS);
        List<String> parameters = new ArrayList<>();
        if (method) {
            parameters.add("self");
        }
        boolean vararg = false;
        if (lexer.token != Token.RIGHT_PARENTHESIS) {
            do {
                if (accept(Token.DOTS)) {
                    vararg = true;
                } else {
                    parameters.add(name());
                }
            } while (!vararg && accept(Token.COMMA));
        }
        expect(Token.RIGHT_PARENTHESIS);
        function = new FunctionScope(function, vararg, lexer, line);
        BlockScope block = new BlockScope(function, lexer, false);
        LocalVariable[] variables = new LocalVariable[parameters.size()];
        for (int i = 0; i < variables.length; i++) {
            variables[i] = new LocalVariable(parameters.get(i), i);
            function.activate(variables[i]);
        }
        statements.parseAll();
        expectClosing(Token.END, Token.FUNCTION, line);
        Block body = check(block.close(false));
        Prototype prototype = new Prototype(chunkName, name, line, variables, vararg, function.upvalues(), function.frameSize(),
                body);
        function = function.parent;
        leave();
        return prototype;
    }

    /** Compiles expressions whose values are in slots from the first free one on. The slots are free again afterwards. */
    ExpressionList parseList() {
        int first = function.free();
        int line = lexer.line;
        List<Expression> list = new ArrayList<>();
        do {
            function.setFree(first + list.size());
            list.add(expressions.parse());
        } while (accept(Token.COMMA));
        function.setFree(first + list.size());
        function.setFree(first);
        return check(new ExpressionList(line, list.toArray(Expression[]::new)));
    }

    void enter() {
        if (++levels > MAX_LEVELS) {
            throw tooManyLevels();
        }
    }

    void leave() {
        levels--;
    }

    /** Checks how many nodes are nested in a node, which limits the recursion of the interpreter. */
    <T extends Node> T check(T node) {
        if (node.height > MAX_HEIGHT) {
            throw tooManyLevels();
        }
        return node;
    }

    private LuaSyntaxException tooManyLevels() {
        return lexer.error("chunk has too many syntax levels (limit is " + MAX_LEVELS + ")", null);
    }

    boolean accept(Token token) {
        if (lexer.token == token) {
            lexer.next();
            return true;
        }
        return false;
    }

    void expect(Token token) {
        if (!accept(token)) {
            throw lexer.error("'" + token.text + "' expected");
        }
    }

    /** Expects the token that closes a construct. The message names the line where it was opened. */
    void expectClosing(Token token, Token opening, int line) {
        if (lexer.token != token && line != lexer.line) {
            throw lexer.error("'" + token.text + "' expected (to close '" + opening.text + "' at line " + line + ")");
        }
        expect(token);
    }

    String name() {
        if (lexer.token != Token.NAME) {
            throw lexer.error("<name> expected");
        }
        String name = (String) lexer.value;
        lexer.next();
        return name;
    }
}
