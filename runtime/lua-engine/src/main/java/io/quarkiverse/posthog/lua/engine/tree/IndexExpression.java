package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.TableAccess;

/** A field with a computed key: {@code t[k]}. */
public final class IndexExpression extends Expression {

    private final Expression table;
    private final Expression key;
    private final int temporary;
    private final boolean spill;

    /** Creates a use of a field. */
    public IndexExpression(int line, Expression table, Expression key, int temporary) {
        super(line, 1 + heightOf(table, key));
        this.table = table;
        this.key = key;
        this.temporary = temporary;
        this.spill = !key.isQuiet();
    }

    /** Returns the table. */
    public Expression table() {
        return table;
    }

    /** Returns the key. */
    public Expression key() {
        return key;
    }

    @Override
    public Object evaluate(Frame frame) {
        Object object = table.evaluate(frame);
        if (spill) {
            frame.slots[temporary] = object;
        }
        Object index = key.evaluate(frame);
        if (object instanceof LuaTable fields) {
            Object value = index instanceof Long number ? fields.get(number.longValue()) : fields.get(index);
            if (value != null || fields.metatable() == null) {
                return value;
            }
        }
        frame.site = this;
        return TableAccess.index(frame.execution, object, index, table);
    }

    @Override
    public String describe() {
        return "field '?'";
    }
}
