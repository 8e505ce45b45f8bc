package io.quarkiverse.posthog.benchmarks.functions;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.benchmarks.StartedApplication;
import io.quarkiverse.posthog.functions.Access;
import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkiverse.posthog.runtime.functions.Caller;
import io.quarkiverse.posthog.runtime.functions.FunctionAccount;
import io.quarkiverse.posthog.runtime.functions.FunctionCall;
import io.quarkiverse.posthog.runtime.functions.FunctionCatalog;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkiverse.posthog.runtime.functions.FunctionResult;
import io.quarkiverse.posthog.runtime.functions.access.AccessPolicy;
import io.quarkiverse.posthog.runtime.functions.access.Approver;
import io.quarkiverse.posthog.runtime.functions.result.ResultLimits;

/** Measures calls of functions that send no request. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = { "-Xmx1g", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager" })
@State(Scope.Benchmark)
public class FunctionBenchmark {

    private static final Caller CALLER = new Caller("benchmark", Optional.empty(), Approver.NONE);

    private FunctionExecutor executor;

    @Setup
    public void start() throws ReflectiveOperationException {
        FunctionAccount account = FunctionAccount.of(StartedApplication.accounts().open("benchmark",
                AccountSettings.create().host(URI.create("http://localhost:1")).projectApiKey("phc_benchmark")
                        .personalApiKey("phx_benchmark").projectId(1)));
        executor = new FunctionExecutor(FunctionCatalog.standard(), Map.of("benchmark", account),
                new AccessPolicy("benchmark",
                        Map.of(FunctionOperation.READ, Access.DENY, FunctionOperation.WRITE, Access.ALLOW),
                        Map.of(), java.util.List.of()),
                new ResultLimits(ResultLimits.DEFAULT_MAX_CHARACTERS, true));
        if (dryRun().isError() || !denied().isError() || !invalid().isError()) {
            throw new IllegalStateException("The calls do not have the expected results");
        }
    }

    /** Everything but the request. */
    @Benchmark
    public FunctionResult dryRun() {
        return call("posthog_create_feature_flag",
                Map.of("name", "New checkout flow", "key", "new-checkout", "rollout_percentage", 50, "dry_run", true));
    }

    @Benchmark
    public FunctionResult denied() {
        return call("posthog_list_events", Map.of("event", "$pageview", "limit", 20, "after", "2026-04-01T00:00:00Z"));
    }

    @Benchmark
    public FunctionResult invalid() {
        return call("posthog_list_events", Map.of("evnt", "$pageview", "limit", "many", "after", "yesterday"));
    }

    private FunctionResult call(String function, Map<String, Object> arguments) {
        return executor.execute(new FunctionCall(function, arguments, CALLER)).await().indefinitely();
    }
}
