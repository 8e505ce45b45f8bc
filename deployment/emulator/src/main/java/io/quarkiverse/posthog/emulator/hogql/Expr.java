package io.quarkiverse.posthog.emulator.hogql;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** An expression. */
sealed interface Expr {

    /** A constant, or the value of a placeholder. */
    record Literal(Object value) implements Expr {
    }

    /** A column with its path, such as {@code person.properties.email}. */
    record Column(List<String> path) implements Expr {
    }

    /** A function, or an operator between two operands by its symbol. */
    record Call(String name, boolean distinct, List<Expr> arguments) implements Expr {
    }

    record Tuple(List<Expr> elements) implements Expr {
    }

    /** A value of type interval. */
    record Interval(long amount, ChronoUnit unit) {
    }

    static Call call(String name, Expr... arguments) {
        return new Call(name, false, List.of(arguments));
    }

    default Stream<Expr> children() {
        if (this instanceof Call call) {
            return call.arguments().stream();
        }
        return this instanceof Tuple tuple ? tuple.elements().stream() : Stream.empty();
    }
}
