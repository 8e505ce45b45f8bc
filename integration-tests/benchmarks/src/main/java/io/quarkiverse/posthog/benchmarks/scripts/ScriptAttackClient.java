package io.quarkiverse.posthog.benchmarks.scripts;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkiverse.posthog.lua.ScriptOptions;
import io.quarkiverse.posthog.lua.ScriptResult;

/** Runs the scripts in a process with a small heap, and prints a line for each. */
public final class ScriptAttackClient {

    /** The argument that selects this program, followed by the CPU limit in seconds. */
    public static final String ARGUMENT = "scripts-client";

    private static final int AT_ONCE = 1_000;
    private static final long MB = 1 << 20;

    private final PostHogScripts scripts;
    private final ScriptOptions options;
    private int failures;

    private ScriptAttackClient(PostHogScripts scripts, ScriptOptions options) {
        this.scripts = scripts;
        this.options = options;
    }

    /** Returns whether all scripts ended as expected. */
    public static boolean run(List<String> arguments, PostHogScripts scripts) {
        ScriptAttackClient client = new ScriptAttackClient(scripts,
                ScriptOptions.create().cpuLimit(Duration.ofSeconds(Long.parseLong(arguments.get(0)))));
        System.out.printf("%-42s %-14s %8s %12s %10s %9s %9s%n", "script", "result", "ms", "steps", "counted KB", "peak MB",
                "after MB");
        client.check();
        ScriptAttack.all().forEach(client::run);
        client.runAtOnce();
        System.out.printf("%d failures%n", client.failures);
        return client.failures == 0;
    }

    private void run(ScriptAttack attack) {
        resetPeak();
        ScriptResult result = scripts.run(attack.source(), options).await().indefinitely();
        String type = result.isSuccess() ? "success" : result.error().type();
        report(attack.name(), type, attack.expected().contains(type), result.duration(), result.steps(), result.memory());
        if (!attack.expected().contains(type)) {
            System.out.println("  expected " + attack.expected() + ": " + result);
        }
        check();
    }

    private void report(String name, String type, boolean expected, Duration duration, long steps, long memory) {
        long peak = peak();
        System.gc();
        long after = (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MB;
        failures += expected ? 0 : 1;
        System.out.printf("%-42s %-14s %8d %12d %10d %9d %9d%s%n", name, type, duration.toMillis(), steps, memory / 1024, peak,
                after, expected ? "" : " FAILED");
        System.out.flush();
    }

    /** Another script has the usual result. */
    private void check() {
        ScriptResult result = scripts.run("local n = 0 for i = 1, 1000 do n = n + #tostring(i) end return n, ('a'):upper()")
                .await().indefinitely();
        if (!result.value().toString().equals("[2893,\"A\"]")) {
            failures++;
            System.out.println("FAILED: another script: " + result);
        }
    }

    /** Scripts that use all of their memory, at the same time. */
    private void runAtOnce() {
        resetPeak();
        long start = System.nanoTime();
        List<CompletableFuture<ScriptResult>> results = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            results.add(scripts.run("local t = {} while true do t[#t + 1] = {} end", options).subscribeAsCompletionStage());
        }
        Map<String, Integer> types = new TreeMap<>();
        results.forEach(result -> types.merge(result.join().error().type(), 1, Integer::sum));
        boolean expected = types.keySet().equals(java.util.Set.of("busy", "memory_limit"));
        report(AT_ONCE + " scripts at once " + types, "", expected, Duration.ofNanos(System.nanoTime() - start), 0, 0);
        check();
    }

    private static void resetPeak() {
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** The heap in use at most, including garbage. */
    private static long peak() {
        return heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / MB;
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP).toList();
    }
}
