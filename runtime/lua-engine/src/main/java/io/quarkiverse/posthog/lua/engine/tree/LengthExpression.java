package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.TableAccess;

/** The operator {@code #}. */
public final class LengthExpression extends Expression {

    private final Expression operand;

    /** Creates an expression. */
    public LengthExpression(int line, Expression operand) {
        super(line, 1 + operand.height);
        this.operand = operand;
    }

    @Override
    public Object evaluate(Frame frame) {
        Object value = operand.evaluate(frame);
        if (value instanceof LuaTable table && table.metatable() == null) {
            return (long) table.length();
        }
        frame.site = this;
        return TableAccess.length(frame.execution, value, operand);
    }
}
