package io.quarkiverse.posthog.lua.engine.parser;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.posthog.lua.engine.tree.Block;
import io.quarkiverse.posthog.lua.engine.tree.JumpStatement;
import io.quarkiverse.posthog.lua.engine.tree.Signal;
import io.quarkiverse.posthog.lua.engine.tree.Statement;

/** The statements, labels and gotos of a block that is being compiled. */
final class BlockScope {

    private final FunctionScope function;
    private final Lexer lexer;
    final BlockScope parent;
    final boolean loop;
    final int activeAtStart;
    final int freeAtStart;
    final int line;
    private final List<Statement> statements = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();
    private final List<Goto> gotos = new ArrayList<>();

    private record Label(String name, int line, int active, int target, Signal signal) {
    }

    private record Goto(String name, int line, int active, JumpStatement statement) {
    }

    BlockScope(FunctionScope function, Lexer lexer, boolean loop) {
        this.function = function;
        this.lexer = lexer;
        this.loop = loop;
        this.parent = function.block;
        this.activeAtStart = function.activeCount();
        this.freeAtStart = function.free();
        this.line = lexer.line;
        function.block = this;
    }

    void add(Statement statement) {
        statements.add(statement);
    }

    void addGoto(String name, int line, JumpStatement statement) {
        gotos.add(new Goto(name, line, function.activeCount(), statement));
    }

    void addLabel(String name, int line) {
        Label known = find(name);
        if (known != null) {
            throw lexer.error("label '" + name + "' already defined on line " + known.line, null);
        }
        labels.add(new Label(name, line, function.activeCount(), statements.size(), new Signal()));
    }

    /**
     * Ends the block: resolves its gotos, and passes the others on to the block around it. A label at the end of a block is
     * outside
     * the scope of its variables, unless a condition that can use them follows.
     */
    Block close(boolean conditionFollows) {
        for (Goto pending : gotos) {
            Label label = find(pending.name);
            if (label != null) {
                boolean atEnd = label.target == statements.size() && !conditionFollows;
                if (label.active > pending.active && !atEnd) {
                    String variable = function.active(pending.active).name;
                    throw lexer.error("<goto " + pending.name + "> at line " + pending.line + " jumps into the scope of local '"
                            + variable + "'", null);
                }
                pending.statement.setSignal(label.signal);
            } else if (parent != null) {
                parent.gotos
                        .add(new Goto(pending.name, pending.line, Math.min(pending.active, activeAtStart), pending.statement));
            } else {
                throw lexer.error("no visible label '" + pending.name + "' for <goto> at line " + pending.line, null);
            }
        }
        function.deactivate(activeAtStart, freeAtStart);
        function.block = parent;
        return new Block(line, statements.toArray(Statement[]::new), labels.stream().map(Label::signal).toArray(Signal[]::new),
                labels.stream().mapToInt(Label::target).toArray());
    }

    private Label find(String name) {
        for (Label label : labels) {
            if (label.name.equals(name)) {
                return label;
            }
        }
        return null;
    }
}
