package io.quarkiverse.posthog.lua.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Runs scripts in tests. */
final class Scripts {

    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2024-02-29T12:34:56Z"));

    private Scripts() {
    }

    static LuaState state() {
        return state(LuaLimits.DEFAULT);
    }

    static LuaState state(LuaLimits limits) {
        return new LuaState(limits, text -> {
        }, CLOCK);
    }

    static Object[] run(String source) {
        return state().run(LuaCompiler.compile(source, "script"));
    }

    /** Returns the first result, as Java text if it is a string. */
    static Object value(String source) {
        Object[] results = run(source);
        Object first = results.length == 0 ? null : results[0];
        return first instanceof String string ? LuaStrings.toJava(string) : first;
    }

    /** Returns the results as {@code tostring} converts them, separated by spaces. */
    static String text(String source) {
        LuaState state = state();
        StringBuilder text = new StringBuilder();
        for (Object result : state.run(LuaCompiler.compile(source, "script"))) {
            text.append(text.isEmpty() ? "" : " ").append(LuaStrings.toJava(state.tostring(result)));
        }
        return text.toString();
    }

    /** Returns the message of the error that the script raises. */
    static String error(String source) {
        try {
            run(source);
        } catch (LuaError | LuaSyntaxException e) {
            return e.getMessage();
        }
        throw new AssertionError("no error in: " + source);
    }

    /** Runs a script, and returns the exception that ended it, or null. */
    static Throwable failure(LuaState state, String source) {
        LuaChunk chunk = LuaCompiler.compile(source, "script");
        try {
            state.run(chunk);
            return null;
        } catch (LuaError | LuaLimitException e) {
            return e;
        }
    }

    static LuaLimits cpu(long millis) {
        return LuaLimits.DEFAULT.withCpuTime(Duration.ofMillis(millis)).withSteps(1L << 50).withWallTime(Duration.ofMinutes(5))
                .withOutputCharacters(1L << 40);
    }
}
