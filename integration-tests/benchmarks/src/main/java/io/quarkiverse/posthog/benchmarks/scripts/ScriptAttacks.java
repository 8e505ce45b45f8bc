package io.quarkiverse.posthog.benchmarks.scripts;

import java.io.IOException;
import java.util.List;

import io.quarkiverse.posthog.benchmarks.JavaProcesses;

/** Scripts that try to exhaust an application with a heap of 128 MB. */
public final class ScriptAttacks {

    public static final String USAGE = "scripts [CPU seconds of each]";

    public static final String ARGUMENT = "scripts";

    private static final List<String> SMALL_HEAP = List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError");

    private final JavaProcesses processes;

    public ScriptAttacks(JavaProcesses processes) {
        this.processes = processes;
    }

    /** Returns whether all scripts ended as expected, and the application was not affected. */
    public boolean run(List<String> options) throws IOException, InterruptedException {
        Process client = processes.startApplication(SMALL_HEAP,
                List.of(ScriptAttackClient.ARGUMENT, options.isEmpty() ? "2" : options.get(0)));
        client.getInputStream().transferTo(System.out);
        int status = client.waitFor();
        System.out.println("status " + status + " (3 is an OutOfMemoryError)");
        return status == 0;
    }
}
