package io.quarkiverse.posthog.lua.engine.library;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import io.quarkiverse.posthog.lua.engine.HostFunction;
import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.interpreter.Comparison;
import io.quarkiverse.posthog.lua.engine.interpreter.Numbers;

/** The library {@code math}. */
final class MathLibrary {

    private MathLibrary() {
    }

    static void install(LuaState state, LuaTable library) {
        library.set("pi", Math.PI);
        library.set("huge", Double.POSITIVE_INFINITY);
        real(state, library, "sqrt", Math::sqrt);
        real(state, library, "exp", Math::exp);
        real(state, library, "sin", Math::sin);
        real(state, library, "cos", Math::cos);
        real(state, library, "tan", Math::tan);
        real(state, library, "asin", Math::asin);
        real(state, library, "acos", Math::acos);
        real(state, library, "sinh", Math::sinh);
        real(state, library, "cosh", Math::cosh);
        real(state, library, "tanh", Math::tanh);
        real(state, library, "log10", Math::log10);
        real(state, library, "deg", x -> x * (180 / Math.PI));
        real(state, library, "rad", x -> x * (Math.PI / 180));
        add(state, library, "floor", (s, a) -> round(a, false));
        add(state, library, "ceil", (s, a) -> round(a, true));
        add(state, library, "abs", (s, a) -> absolute(a.number(1)));
        add(state, library, "atan", (s, a) -> a.get(2) == null ? Math.atan(a.real(1)) : Math.atan2(a.real(1), a.real(2)));
        add(state, library, "atan2", (s, a) -> Math.atan2(a.real(1), a.real(2)));
        add(state, library, "pow", (s, a) -> Math.pow(a.real(1), a.real(2)));
        add(state, library, "log", (s, a) -> log(a));
        add(state, library, "fmod", (s, a) -> remainder(a.number(1), a.number(2)));
        add(state, library, "modf", (s, a) -> split(a.real(1)));
        add(state, library, "frexp", (s, a) -> exponent(a.real(1)));
        add(state, library, "ldexp", (s, a) -> scale(a.real(1), a.integer(2)));
        add(state, library, "max", (s, a) -> extreme(state, a, true));
        add(state, library, "min", (s, a) -> extreme(state, a, false));
        Random random = new Random();
        add(state, library, "random", (s, a) -> random(state, random, a));
        add(state, library, "randomseed", (s, a) -> {
            Number seed = a.number(1);
            random.setSeed(seed instanceof Long integer ? integer : Double.doubleToLongBits(seed.doubleValue()));
            return LuaFunction.NOTHING;
        });
    }

    private static void real(LuaState state, LuaTable library, String name, DoubleUnaryOperator function) {
        add(state, library, name, (s, a) -> function.applyAsDouble(a.real(1)));
    }

    private static void add(LuaState state, LuaTable library, String name, HostFunction code) {
        Libraries.add(state, library, name, code);
    }

    private static Object round(LuaArguments arguments, boolean up) {
        Number number = arguments.number(1);
        if (number instanceof Long) {
            return number;
        }
        double value = number.doubleValue();
        return Numbers.normalize(up ? Math.ceil(value) : Math.floor(value));
    }

    private static Object absolute(Number number) {
        if (number instanceof Long integer && integer != Long.MIN_VALUE) {
            return Math.abs(integer);
        }
        return Math.abs(number.doubleValue());
    }

    private static Object log(LuaArguments arguments) {
        double value = arguments.real(1);
        if (arguments.get(2) == null) {
            return Math.log(value);
        }
        double base = arguments.real(2);
        return base == 10 ? Math.log10(value) : Math.log(value) / Math.log(base);
    }

    private static Object remainder(Number first, Number second) {
        if (first instanceof Long a && second instanceof Long b && b != 0) {
            return a % b;
        }
        return first.doubleValue() % second.doubleValue();
    }

    private static Object[] split(double value) {
        double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
        double fraction = Double.isInfinite(value) ? 0 : value - whole;
        return new Object[] { Numbers.normalize(whole), Math.copySign(fraction, value) };
    }

    private static Object[] exponent(double value) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return new Object[] { value, 0L };
        }
        int exponent = Math.getExponent(value);
        double normal = value;
        if (exponent < Double.MIN_EXPONENT) {
            normal = value * 0x1p54;
            exponent = Math.getExponent(normal) - 54;
        }
        return new Object[] { Math.scalb(normal, -Math.getExponent(normal) - 1), exponent + 1L };
    }

    private static double scale(double value, long exponent) {
        double result = value;
        long remaining = Math.max(-5000, Math.min(5000, exponent));
        while (remaining != 0) {
            int step = (int) Math.max(-900, Math.min(900, remaining));
            result = Math.scalb(result, step);
            remaining -= step;
        }
        return result;
    }

    private static Object extreme(LuaState state, LuaArguments arguments, boolean maximum) {
        Number result = arguments.number(1);
        for (int i = 2; i <= arguments.count(); i++) {
            Number candidate = arguments.number(i);
            state.steps(1);
            boolean better = maximum ? Comparison.lessThan(state.execution(), result, candidate)
                    : Comparison.lessThan(state.execution(), candidate, result);
            result = better ? candidate : result;
        }
        return result;
    }

    private static Object random(LuaState state, Random random, LuaArguments arguments) {
        if (arguments.count() == 0) {
            return random.nextDouble();
        }
        if (arguments.count() > 2) {
            throw state.error("wrong number of arguments");
        }
        long low = arguments.count() == 1 ? 1 : arguments.integer(1);
        long high = arguments.integer(arguments.count());
        if (low > high) {
            throw arguments.error(arguments.count(), "interval is empty");
        }
        long range = high - low + 1;
        if (range <= 0) {
            return low + (long) (random.nextDouble() * ((double) high - low));
        }
        return low + Math.min(range - 1, (long) (random.nextDouble() * range));
    }
}
