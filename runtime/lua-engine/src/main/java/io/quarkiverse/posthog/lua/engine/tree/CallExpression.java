package io.quarkiverse.posthog.lua.engine.tree;

import java.util.Arrays;

import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.interpreter.Calls;
import io.quarkiverse.posthog.lua.engine.interpreter.Expression;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A call of a function. The function and its arguments are in slots of the frame until it returns. */
public class CallExpression extends Expression {

    /** The expressions for the arguments, without {@link #rest}. */
    protected final Expression[] arguments;
    /** The last argument, if it can have any number of values; otherwise null. */
    protected final Expression rest;
    /** The slot of the function. The arguments follow. */
    protected final int base;
    private final Expression function;

    /** Creates an expression. */
    public CallExpression(int line, Expression function, Expression[] arguments, int base) {
        super(line, 2 + Math.max(heightOf(function), heightOf(arguments)));
        int fixed = arguments.length - 1;
        boolean expands = fixed >= 0 && arguments[fixed].isMultiple();
        this.function = function;
        this.arguments = expands ? Arrays.copyOf(arguments, fixed) : arguments;
        this.rest = expands ? arguments[fixed] : null;
        this.base = base;
    }

    @Override
    public final Object evaluate(Frame frame) {
        Object results = evaluateAll(frame);
        return results instanceof Object[] values ? values.length == 0 ? null : values[0] : results;
    }

    @Override
    public Object evaluateAll(Frame frame) {
        if (rest != null) {
            return callWithList(frame);
        }
        Object[] slots = frame.slots;
        Object callee = function.evaluate(frame);
        slots[base] = callee;
        Expression[] expressions = arguments;
        int count = expressions.length;
        for (int i = 0; i < count; i++) {
            slots[base + 1 + i] = expressions[i].evaluate(frame);
        }
        frame.site = this;
        if (!(callee instanceof LuaFunction target)) {
            return Calls.callValue(frame.execution, callee, Arrays.copyOfRange(slots, base + 1, base + 1 + count), function);
        }
        LuaState state = frame.execution.state;
        return switch (count) {
            case 0 -> target.call(state);
            case 1 -> target.call(state, slots[base + 1]);
            case 2 -> target.call(state, slots[base + 1], slots[base + 2]);
            case 3 -> target.call(state, slots[base + 1], slots[base + 2], slots[base + 3]);
            default -> target.call(state, Arrays.copyOfRange(slots, base + 1, base + 1 + count));
        };
    }

    /** Calls the function with arguments whose number is only known now. */
    final Object callWithList(Frame frame) {
        Object callee = callee(frame);
        Object[] list = argumentList(frame);
        frame.site = this;
        return callee instanceof LuaFunction target ? target.call(frame.execution.state, list)
                : Calls.callValue(frame.execution, callee, list, calleeExpression());
    }

    /** Prepares a tail call: evaluates the function and the arguments, and puts them into the frame. */
    public void prepareTailCall(Frame frame) {
        Object callee = callee(frame);
        Object[] list = argumentList(frame);
        frame.site = this;
        if (callee instanceof LuaFunction target) {
            frame.tail = target;
            frame.result = list;
        } else {
            frame.result = Calls.withReceiver(callee, list);
            frame.tail = Calls.handler(frame.execution, callee, calleeExpression());
        }
    }

    /** Puts the function into its slot, and for a method also the object. */
    Object callee(Frame frame) {
        Object callee = function.evaluate(frame);
        frame.slots[base] = callee;
        return callee;
    }

    Expression calleeExpression() {
        return function;
    }

    /** The number of arguments that {@link #callee} has put into slots. */
    int receivers() {
        return 0;
    }

    private Object[] argumentList(Frame frame) {
        int first = base + 1;
        int receivers = receivers();
        int count = receivers + arguments.length;
        Object[] slots = frame.slots;
        for (int i = 0; i < arguments.length; i++) {
            slots[first + receivers + i] = arguments[i].evaluate(frame);
        }
        if (rest == null) {
            return Arrays.copyOfRange(slots, first, first + count);
        }
        Object[] list = Calls.join(frame.execution, slots, first, count, rest.evaluateAll(frame));
        slots[first + count] = list;
        return list;
    }

    @Override
    public boolean isMultiple() {
        return true;
    }
}
