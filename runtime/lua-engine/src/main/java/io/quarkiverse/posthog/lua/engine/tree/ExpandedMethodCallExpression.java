package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.interpreter.Calls;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A call of a method whose last argument can have any number of values. */
public final class ExpandedMethodCallExpression extends MethodCallExpression {

    private final Expression rest;

    /** Creates an expression. The last argument is separate from the others. */
    public ExpandedMethodCallExpression(int line, Expression object, String name, Expression[] arguments, Expression rest,
            int base) {
        super(line, object, name, arguments, rest, base);
        this.rest = rest;
    }

    @Override
    public Object evaluateAll(Frame frame) {
        Object callee = callee(frame);
        Object[] list = argumentList(frame);
        frame.site = this;
        if (callee instanceof LuaFunction target) {
            return target.call(frame.execution.state, list);
        }
        return Calls.callValue(frame.execution, callee, list, calleeExpression());
    }

    @Override
    Object[] argumentList(Frame frame) {
        int fixed = receivers() + arguments.length;
        Object[] slots = frame.slots;
        for (int i = 0; i < arguments.length; i++) {
            slots[base + 1 + receivers() + i] = arguments[i].evaluate(frame);
        }
        Object more = rest.evaluateAll(frame);
        Object[] list = Calls.join(frame.execution, slots, base + 1, fixed, more);
        slots[base + 1 + fixed] = list;
        return list;
    }
}
