package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.TableAccess;

/** An assignment to a field. */
public final class AssignIndexStatement extends Statement {

    private final Expression table;
    private final Expression key;
    private final Expression value;
    private final int base;
    private final boolean spill;

    /** Creates a statement. The table, the key and the value are in three slots of the frame. */
    public AssignIndexStatement(int line, Expression table, Expression key, Expression value, int base) {
        super(line, 1 + heightOf(table, key, value));
        this.table = table;
        this.key = key;
        this.value = value;
        this.base = base;
        this.spill = !key.isQuiet() || !value.isQuiet();
    }

    @Override
    public Signal execute(Frame frame) {
        Object[] slots = frame.slots;
        Object object = table.evaluate(frame);
        if (spill) {
            slots[base] = object;
        }
        Object index = key.evaluate(frame);
        if (spill) {
            slots[base + 1] = index;
        }
        Object assigned = value.evaluate(frame);
        slots[base + 2] = assigned;
        frame.site = this;
        if (object instanceof LuaTable fields && fields.metatable() == null) {
            if (index instanceof Long number) {
                fields.set(number.longValue(), assigned);
            } else {
                fields.set(index, assigned);
            }
        } else {
            TableAccess.assign(frame.execution, object, index, assigned, table);
        }
        return null;
    }
}
