package io.quarkiverse.posthog.lua.engine.interpreter;

import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaTracer;
import io.quarkiverse.posthog.lua.engine.tree.Signal;

/** A function of a script with the outer variables that it uses. */
public final class LuaClosure extends LuaFunction {

    final Execution execution;
    final Prototype prototype;
    /** The outer variables. */
    public final Cell[] upvalues;
    private int mark;

    LuaClosure(Execution execution, Prototype prototype, Cell[] upvalues) {
        this.execution = execution;
        this.prototype = prototype;
        this.upvalues = upvalues;
    }

    /** Creates the main function of a chunk. */
    public static LuaClosure main(Execution execution, Prototype prototype) {
        return new LuaClosure(execution, prototype, new Cell[0]);
    }

    /** Creates a closure in a frame, which captures its variables. */
    public static LuaClosure create(Prototype prototype, Frame frame) {
        Upvalue[] descriptions = prototype.upvalues;
        frame.execution.allocate(Sizes.CLOSURE + 8L * descriptions.length);
        Cell[] cells = new Cell[descriptions.length];
        for (int i = 0; i < cells.length; i++) {
            LocalVariable local = descriptions[i].local();
            cells[i] = local == null ? frame.closure.upvalues[descriptions[i].index()] : (Cell) frame.slots[local.slot];
        }
        return new LuaClosure(frame.execution, prototype, cells);
    }

    @Override
    public String name() {
        return prototype.name;
    }

    @Override
    public Object call(LuaState state) {
        return run(new Frame(this));
    }

    @Override
    public Object call(LuaState state, Object argument) {
        Frame frame = new Frame(this);
        if (prototype.parameters.length > 0) {
            frame.slots[0] = argument;
        } else if (prototype.vararg) {
            frame.varargs = new Object[] { argument };
        }
        return run(frame);
    }

    @Override
    public Object call(LuaState state, Object first, Object second) {
        int parameters = prototype.parameters.length;
        if (prototype.vararg) {
            return call(state, new Object[] { first, second });
        }
        Frame frame = new Frame(this);
        if (parameters > 0) {
            frame.slots[0] = first;
            if (parameters > 1) {
                frame.slots[1] = second;
            }
        }
        return run(frame);
    }

    @Override
    public Object call(LuaState state, Object first, Object second, Object third) {
        int parameters = prototype.parameters.length;
        if (prototype.vararg) {
            return call(state, new Object[] { first, second, third });
        }
        Frame frame = new Frame(this);
        Object[] slots = frame.slots;
        if (parameters > 0) {
            slots[0] = first;
            if (parameters > 1) {
                slots[1] = second;
                if (parameters > 2) {
                    slots[2] = third;
                }
            }
        }
        return run(frame);
    }

    @Override
    public Object call(LuaState state, Object[] arguments) {
        return run(frame(arguments));
    }

    private Frame frame(Object[] arguments) {
        Frame frame = new Frame(this);
        int parameters = prototype.parameters.length;
        System.arraycopy(arguments, 0, frame.slots, 0, Math.min(parameters, arguments.length));
        if (prototype.vararg && arguments.length > parameters) {
            frame.varargs = execution.copy(arguments, parameters, arguments.length);
        }
        return frame;
    }

    private Object run(Frame first) {
        Execution state = execution;
        Frame frame = first;
        Prototype code = prototype;
        while (true) {
            state.enter(frame, code);
            if (code.capturesParameters) {
                captureParameters(frame, code);
            }
            Signal signal = code.body.execute(frame);
            if (signal != Signal.TAIL_CALL) {
                state.leave(frame, code);
                return signal == null ? NOTHING : frame.result;
            }
            Object[] arguments = (Object[]) frame.result;
            if (!(frame.tail instanceof LuaClosure next)) {
                Object results = frame.tail.call(state.state, arguments);
                state.leave(frame, code);
                return results;
            }
            Frame following = next.frame(arguments);
            state.leave(frame, code);
            frame = following;
            frame.entry = this;
            code = next.prototype;
        }
    }

    private static void captureParameters(Frame frame, Prototype code) {
        for (LocalVariable parameter : code.parameters) {
            if (parameter.captured()) {
                Frame.declare(frame.slots, parameter, frame.slots[parameter.slot], frame.execution);
            }
        }
    }

    @Override
    public void trace(LuaTracer tracer) {
        for (Cell cell : upvalues) {
            tracer.visit(cell);
        }
        tracer.add(Sizes.CLOSURE + 8L * upvalues.length);
    }

    @Override
    public boolean marked(int epoch) {
        boolean before = mark == epoch;
        mark = epoch;
        return before;
    }
}
