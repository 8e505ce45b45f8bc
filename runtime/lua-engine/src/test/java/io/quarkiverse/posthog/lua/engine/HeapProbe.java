package io.quarkiverse.posthog.lua.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Runs the scripts that need unlimited memory in a JVM of its own, with a small heap. Fails if one of them exhausts the heap.
 */
final class HeapProbe {

    private HeapProbe() {
    }

    public static void main(String[] arguments) {
        boolean failed = false;
        for (Map.Entry<String, String> script : HostileScripts.memory().entrySet()) {
            String outcome = run(script.getValue());
            boolean expected = outcome.startsWith("MEMORY") || outcome.startsWith("error");
            failed |= !expected;
            System.out.println((expected ? "ok   " : "FAIL ") + script.getKey() + ": " + outcome);
        }
        System.exit(failed ? 1 : 0);
    }

    private static String run(String source) {
        LuaLimits limits = LuaLimits.DEFAULT.withOutputCharacters(100_000_000).withCpuTime(Duration.ofMinutes(2))
                .withSteps(1L << 50)
                .withMemoryBytes(32 << 20);
        long start = System.nanoTime();
        LuaState state = new LuaState(limits, text -> {
        }, InstantSource.system());
        String outcome;
        try {
            outcome = "completed with " + state.run(LuaCompiler.compile(source, "script")).length + " results";
        } catch (LuaLimitException e) {
            outcome = e.kind() + " " + e.getMessage();
        } catch (LuaError e) {
            String message = String.valueOf(e.getMessage());
            outcome = "error " + message.substring(0, Math.min(message.length(), 80));
        } catch (OutOfMemoryError e) {
            return "OutOfMemoryError";
        }
        return outcome + " (" + (System.nanoTime() - start) / 1_000_000 + " ms, " + state.stepsUsed() + " steps)";
    }
}
