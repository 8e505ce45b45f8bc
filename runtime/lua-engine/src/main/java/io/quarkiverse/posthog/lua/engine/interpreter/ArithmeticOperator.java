package io.quarkiverse.posthog.lua.engine.interpreter;

/** The arithmetic operators with two operands. Results of integers that do not fit into 64 bits are doubles. */
public enum ArithmeticOperator {

    /** Addition. */
    ADD("__add") {
        @Override
        Object apply(long a, long b) {
            long sum = a + b;
            return ((a ^ sum) & (b ^ sum)) < 0 ? (Object) apply((double) a, b) : (Object) sum;
        }

        @Override
        double apply(double a, double b) {
            return a + b;
        }
    },
    /** Subtraction. */
    SUBTRACT("__sub") {
        @Override
        Object apply(long a, long b) {
            long difference = a - b;
            return ((a ^ b) & (a ^ difference)) < 0 ? (Object) apply((double) a, b) : (Object) difference;
        }

        @Override
        double apply(double a, double b) {
            return a - b;
        }
    },
    /** Multiplication. */
    MULTIPLY("__mul") {
        @Override
        Object apply(long a, long b) {
            long product = a * b;
            return Math.multiplyHigh(a, b) == product >> 63 ? (Object) product : (Object) apply((double) a, b);
        }

        @Override
        double apply(double a, double b) {
            return a * b;
        }
    },
    /** Division, whose result is a double. */
    DIVIDE("__div") {
        @Override
        Object apply(long a, long b) {
            return apply((double) a, b);
        }

        @Override
        double apply(double a, double b) {
            return a / b;
        }
    },
    /** The remainder of a division that rounds down. */
    MODULO("__mod") {
        @Override
        Object apply(long a, long b) {
            return b == 0 ? (Object) Double.NaN : (Object) Math.floorMod(a, b);
        }

        @Override
        double apply(double a, double b) {
            return Arithmetic.modulo(a, b);
        }
    },
    /** Exponentiation, whose result is a double. */
    POWER("__pow") {
        @Override
        Object apply(long a, long b) {
            return apply((double) a, b);
        }

        @Override
        double apply(double a, double b) {
            return a == 1 ? 1 : Math.pow(a, b);
        }
    },
    /** The division of Lua 5.3 that rounds down. */
    FLOOR_DIVIDE("__idiv") {
        @Override
        Object apply(long a, long b) {
            return b == 0 || b == -1 && a == Long.MIN_VALUE ? (Object) apply((double) a, b) : (Object) Math.floorDiv(a, b);
        }

        @Override
        double apply(double a, double b) {
            return Math.floor(a / b);
        }
    };

    final String event;

    ArithmeticOperator(String event) {
        this.event = event;
    }

    abstract Object apply(long a, long b);

    abstract double apply(double a, double b);
}
