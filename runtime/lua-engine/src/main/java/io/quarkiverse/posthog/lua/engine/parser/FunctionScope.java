package io.quarkiverse.posthog.lua.engine.parser;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.posthog.lua.engine.LuaSyntaxException;
import io.quarkiverse.posthog.lua.engine.interpreter.LocalVariable;
import io.quarkiverse.posthog.lua.engine.interpreter.Upvalue;
import io.quarkiverse.posthog.lua.engine.tree.Expression;
import io.quarkiverse.posthog.lua.engine.tree.GlobalExpression;
import io.quarkiverse.posthog.lua.engine.tree.LocalExpression;
import io.quarkiverse.posthog.lua.engine.tree.UpvalueExpression;

/** The variables and slots of a function that is being compiled. */
final class FunctionScope {

    private static final int MAX_LOCALS = 200;
    private static final int MAX_UPVALUES = 255;
    private static final int MAX_SLOTS = 1000;

    final FunctionScope parent;
    final boolean vararg;
    private final Lexer lexer;
    private final int line;
    private final List<LocalVariable> active = new ArrayList<>();
    private final List<Upvalue> upvalues = new ArrayList<>();
    private int freeSlot;
    private int slots;
    BlockScope block;

    FunctionScope(FunctionScope parent, boolean vararg, Lexer lexer, int line) {
        this.parent = parent;
        this.vararg = vararg;
        this.lexer = lexer;
        this.line = line;
    }

    /** Returns the first slot that neither a variable nor a temporary value uses. */
    int free() {
        return freeSlot;
    }

    /** Sets the first free slot. */
    void setFree(int slot) {
        freeSlot = slot;
        slots = Math.max(slots, slot);
        if (slots > MAX_SLOTS) {
            throw lexer.error("function or expression is too complex");
        }
    }

    /** Returns the number of slots that a frame needs. */
    int frameSize() {
        return slots;
    }

    int activeCount() {
        return active.size();
    }

    LocalVariable active(int index) {
        return active.get(index);
    }

    /** Makes a variable visible, in a slot that was reserved. */
    void activate(LocalVariable variable) {
        if (active.size() >= MAX_LOCALS) {
            throw tooMany("local variables", MAX_LOCALS);
        }
        active.add(variable);
        setFree(Math.max(freeSlot, variable.slot + 1));
    }

    /** Ends the scope of all variables but the first ones. */
    void deactivate(int count, int free) {
        while (active.size() > count) {
            active.remove(active.size() - 1);
        }
        freeSlot = free;
    }

    Upvalue[] upvalues() {
        return upvalues.toArray(Upvalue[]::new);
    }

    /** Returns the expression for a name: a local variable, an upvalue or a global variable. */
    Expression resolve(String name, int line) {
        LocalVariable local = local(name);
        if (local != null) {
            return new LocalExpression(line, local);
        }
        int upvalue = upvalue(name);
        return upvalue >= 0 ? new UpvalueExpression(line, name, upvalue) : new GlobalExpression(line, name);
    }

    private LocalVariable local(String name) {
        for (int i = active.size() - 1; i >= 0; i--) {
            if (active.get(i).name.equals(name)) {
                return active.get(i);
            }
        }
        return null;
    }

    private int upvalue(String name) {
        for (int i = 0; i < upvalues.size(); i++) {
            if (upvalues.get(i).name().equals(name)) {
                return i;
            }
        }
        if (parent == null) {
            return -1;
        }
        LocalVariable local = parent.local(name);
        if (local != null) {
            local.capture();
            return add(new Upvalue(name, local, -1));
        }
        int outer = parent.upvalue(name);
        return outer < 0 ? -1 : add(new Upvalue(name, null, outer));
    }

    private int add(Upvalue upvalue) {
        if (upvalues.size() >= MAX_UPVALUES) {
            throw tooMany("upvalues", MAX_UPVALUES);
        }
        upvalues.add(upvalue);
        return upvalues.size() - 1;
    }

    private LuaSyntaxException tooMany(String what, int limit) {
        String place = line == 0 ? "main function" : "function at line " + line;
        return lexer.error("too many " + what + " (limit is " + limit + ") in " + place);
    }
}
