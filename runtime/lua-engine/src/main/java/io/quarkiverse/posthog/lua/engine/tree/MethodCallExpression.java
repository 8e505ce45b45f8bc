package io.quarkiverse.posthog.lua.engine.tree;

import java.util.Arrays;

import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.interpreter.Calls;
import io.quarkiverse.posthog.lua.engine.interpreter.Expression;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.TableAccess;

/** A call of a method: {@code object:name(...)}. */
public final class MethodCallExpression extends CallExpression {

    private final Expression object;
    private final String name;

    /** Creates an expression. */
    public MethodCallExpression(int line, Expression object, String name, Expression[] arguments, int base) {
        super(line, object, arguments, base);
        this.object = object;
        this.name = name;
    }

    @Override
    public Object evaluateAll(Frame frame) {
        if (rest != null) {
            return callWithList(frame);
        }
        Object[] slots = frame.slots;
        Object callee = callee(frame);
        int count = arguments.length;
        for (int i = 0; i < count; i++) {
            slots[base + 2 + i] = arguments[i].evaluate(frame);
        }
        frame.site = this;
        if (!(callee instanceof LuaFunction target)) {
            return Calls.callValue(frame.execution, callee, Arrays.copyOfRange(slots, base + 1, base + 2 + count),
                    calleeExpression());
        }
        LuaState state = frame.execution.state;
        return switch (count) {
            case 0 -> target.call(state, slots[base + 1]);
            case 1 -> target.call(state, slots[base + 1], slots[base + 2]);
            case 2 -> target.call(state, slots[base + 1], slots[base + 2], slots[base + 3]);
            default -> target.call(state, Arrays.copyOfRange(slots, base + 1, base + 2 + count));
        };
    }

    @Override
    Object callee(Frame frame) {
        Object receiver = object.evaluate(frame);
        frame.slots[base + 1] = receiver;
        Object callee = null;
        if (receiver instanceof LuaTable fields) {
            callee = fields.get(name);
        }
        if (callee == null) {
            frame.site = this;
            callee = TableAccess.index(frame.execution, receiver, name, object);
        }
        frame.slots[base] = callee;
        return callee;
    }

    @Override
    Expression calleeExpression() {
        return new MethodName(this);
    }

    @Override
    public boolean isMethodCall() {
        return true;
    }

    @Override
    int receivers() {
        return 1;
    }

    /** The name of a method in an error message. */
    private static final class MethodName extends Expression {

        private final MethodCallExpression call;

        MethodName(MethodCallExpression call) {
            super(call.line, 1);
            this.call = call;
        }

        @Override
        public Object evaluate(Frame frame) {
            return call.name;
        }

        @Override
        public String describe() {
            String path = call.object.path();
            return "method '" + LuaStrings.toJava(path == null ? abbreviate(call.name) : path + ":" + abbreviate(call.name))
                    + "'";
        }
    }
}
