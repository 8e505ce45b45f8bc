package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.LocalVariable;
import io.quarkiverse.posthog.lua.engine.interpreter.Numbers;

/** A numeric {@code for} loop. With an integer start and step, the variable is an integer. */
public final class NumericForStatement extends Statement {

    private final LocalVariable variable;
    private final Expression start;
    private final Expression limit;
    private final Expression step;
    private final Block body;

    /** Creates a statement. The step can be null. */
    public NumericForStatement(int line, LocalVariable variable, Expression start, Expression limit, Expression step,
            Block body) {
        super(line, 1 + heightOf(start, limit, step, body));
        this.variable = variable;
        this.start = start;
        this.limit = limit;
        this.step = step;
        this.body = body;
    }

    @Override
    public Signal execute(Frame frame) {
        Object first = number(frame, start.evaluate(frame), "initial value");
        Object last = number(frame, limit.evaluate(frame), "limit");
        Object by = step == null ? (Object) 1L : number(frame, step.evaluate(frame), "step");
        if (first instanceof Long from && by instanceof Long increment) {
            if (last instanceof Long to) {
                return loop(frame, from, to, increment);
            }
            double bound = (Double) last;
            if (bound != bound) {
                return null;
            }
            return loop(frame, from, (long) (increment > 0 ? Math.floor(bound) : Math.ceil(bound)), increment);
        }
        return loop(frame, ((Number) first).doubleValue(), ((Number) last).doubleValue(), ((Number) by).doubleValue());
    }

    private Signal loop(Frame frame, long from, long to, long increment) {
        Object[] slots = frame.slots;
        boolean captured = variable.captured();
        int slot = variable.slot;
        long i = from;
        while (increment > 0 ? i <= to : i >= to) {
            if (captured) {
                Frame.declare(slots, variable, i, frame.execution);
            } else {
                slots[slot] = i;
            }
            Signal signal = body.execute(frame);
            if (signal != null) {
                return signal == Signal.BREAK ? null : signal;
            }
            long next = i + increment;
            if (((i ^ next) & (increment ^ next)) < 0) {
                return null;
            }
            i = next;
        }
        return null;
    }

    private Signal loop(Frame frame, double from, double to, double increment) {
        for (double i = from; increment > 0 ? i <= to : i >= to; i += increment) {
            Frame.declare(frame.slots, variable, i, frame.execution);
            Signal signal = body.execute(frame);
            if (signal != null) {
                return signal == Signal.BREAK ? null : signal;
            }
        }
        return null;
    }

    private Object number(Frame frame, Object value, String what) {
        if (value instanceof Long || value instanceof Double) {
            return value;
        }
        Object converted = Numbers.toNumber(frame.execution, value);
        if (converted == null) {
            frame.site = this;
            throw frame.execution.error("'for' " + what + " must be a number");
        }
        return converted;
    }
}
