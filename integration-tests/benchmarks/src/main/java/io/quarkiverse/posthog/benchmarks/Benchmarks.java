package io.quarkiverse.posthog.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import jakarta.inject.Inject;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.benchmarks.capture.CaptureComparison;
import io.quarkiverse.posthog.benchmarks.capture.ClientRuns;
import io.quarkiverse.posthog.benchmarks.cost.CostComparison;
import io.quarkiverse.posthog.benchmarks.flags.FlagComparison;
import io.quarkiverse.posthog.benchmarks.functions.FunctionMeasurement;
import io.quarkiverse.posthog.benchmarks.hostile.HostileClient;
import io.quarkiverse.posthog.benchmarks.hostile.HostileResponses;
import io.quarkiverse.posthog.benchmarks.lua.LuaComparison;
import io.quarkiverse.posthog.benchmarks.scripts.ScriptAttackClient;
import io.quarkiverse.posthog.benchmarks.scripts.ScriptAttacks;
import io.quarkiverse.posthog.benchmarks.shutdown.ShutdownClient;
import io.quarkiverse.posthog.benchmarks.shutdown.ShutdownMeasurement;
import io.quarkiverse.posthog.benchmarks.tracking.TypedEventsComparison;
import io.quarkiverse.posthog.lua.PostHogScripts;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.vertx.core.Vertx;

/** Runs the benchmark that is named by the first argument. */
@QuarkusMain
public class Benchmarks implements QuarkusApplication {

    private static final int DEFAULT_PERSONS = 200_000;

    @Inject
    PostHogAccounts accounts;

    @Inject
    PostHogScripts scripts;

    @Inject
    Vertx vertx;

    @Override
    public int run(String... arguments) throws Exception {
        // If started with -jar, the class path is the JAR file
        JavaProcesses processes = new JavaProcesses(Path.of(System.getProperty("java.class.path")));
        List<String> options = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "persons" -> new PersonStream(accounts)
                    .run(options.isEmpty() ? DEFAULT_PERSONS : Integer.parseInt(options.get(0)));
            case "capture" -> new CaptureComparison(processes).run(options);
            case "flags" -> new FlagComparison(processes).run(options);
            case TypedEventsComparison.ARGUMENT -> new TypedEventsComparison(processes).run();
            case FunctionMeasurement.ARGUMENT -> {
                return new FunctionMeasurement(processes).run() ? 0 : 1;
            }
            case LuaComparison.ARGUMENT -> {
                return new LuaComparison(processes).run() ? 0 : 1;
            }
            case "cost" -> new CostComparison().run(options);
            case ClientRuns.ARGUMENT -> ClientRuns.run(options.get(0), accounts);
            case HostileResponses.ARGUMENT -> {
                return new HostileResponses(processes).run(options) ? 0 : 1;
            }
            case ScriptAttacks.ARGUMENT -> {
                return new ScriptAttacks(processes).run(options) ? 0 : 1;
            }
            case ScriptAttackClient.ARGUMENT -> {
                return ScriptAttackClient.run(options, scripts) ? 0 : 1;
            }
            case ShutdownMeasurement.ARGUMENT -> new ShutdownMeasurement(processes).run();
            case ShutdownClient.ARGUMENT -> ShutdownClient.run(options, accounts);
            case HostileClient.ARGUMENT -> HostileClient.run(options, accounts, vertx);
            default -> {
                System.err
                        .println("Usage: persons [how many] | " + CaptureComparison.USAGE + " | " + FlagComparison.USAGE + " | "
                                + TypedEventsComparison.ARGUMENT + " | "
                                + CostComparison.USAGE + " | " + HostileResponses.USAGE + " | " + ShutdownMeasurement.USAGE
                                + " | " + FunctionMeasurement.ARGUMENT + " | " + LuaComparison.ARGUMENT + " | "
                                + ScriptAttacks.USAGE);
                return 2;
            }
        }
        return 0;
    }
}
