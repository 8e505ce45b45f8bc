package io.quarkiverse.posthog.benchmarks.hostile;

import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;

import org.jboss.logmanager.ExtLogRecord;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.PostHogException;
import io.quarkiverse.posthog.benchmarks.hostile.HostileCase.Expected;
import io.vertx.core.Vertx;

/** Calls the extension in a process with a small heap, and prints a line for each case. */
public final class HostileClient {

    /** The argument that selects this program, followed by the address of the server and the numbers of the cases. */
    public static final String ARGUMENT = "hostile-client";

    static final String SEPARATOR = "\t";
    /** Duration, CPU time and delay of an event loop, delay of the control, problem, result. */
    static final int COLUMNS = 6;
    static final int PROBLEM = 4;

    private static final int MAX_CPU_MILLIS = 100;
    /** A control thread without work. On a busy machine, other processes delay it in the same way. */
    private static final int MAX_LATE_MILLIS = 1000;

    /** The configuration keys of size limits. */
    private static final Pattern LIMIT_KEY = Pattern.compile("quarkus\\.posthog\\.[\\w.\"-]*(max|limit|size)[\\w.-]*");

    /** Held by a constant, because a logger without a reference loses its handlers. */
    private static final Logger LOGGER = Logger.getLogger("io.quarkiverse.posthog");

    private final PostHogAccounts accounts;
    private final EventLoopWatch watch;
    private final URI server;
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private int opened;

    private HostileClient(PostHogAccounts accounts, EventLoopWatch watch, URI server) {
        this.accounts = accounts;
        this.watch = watch;
        this.server = server;
        LOGGER.addHandler(new Messages());
    }

    public static void run(List<String> options, PostHogAccounts accounts, Vertx vertx) {
        HostileClient client = new HostileClient(accounts, new EventLoopWatch(vertx), URI.create(options.get(0)));
        List<HostileCase> cases = HostileCase.all();
        List<Integer> numbers = options.stream().skip(1).map(Integer::valueOf).toList();
        // Loads the classes, which blocks an event loop for longer than a response is allowed to
        Call call = cases.get(numbers.get(0)).call();
        HostileCase valid = cases.stream().filter(hostile -> hostile.call() == call).findFirst().orElseThrow();
        client.measure(cases.indexOf(valid), valid);
        for (int number : numbers) {
            client.run(number, cases.get(number));
        }
    }

    /** Prints the line of a case. After a failure, an event loop may be blocked, and the process ends. */
    private void run(int number, HostileCase hostile) {
        String[] columns = measure(number, hostile);
        System.out.println(String.join(SEPARATOR, columns));
        if (!columns[PROBLEM].isEmpty()) {
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    private String[] measure(int number, HostileCase hostile) {
        String name = "hostile-" + opened++;
        PostHog account = accounts.open(name, settings(number, hostile.call()));
        logged.clear();
        watch.reset();
        long start = System.nanoTime();
        String problem = "";
        String result = "";
        for (int i = 0; i < hostile.calls() && problem.isEmpty(); i++) {
            result = call(hostile, account);
            problem = problem(hostile, result);
        }
        long cpu = watch.cpuMillis();
        long late = watch.lateMillis();
        long control = watch.controlMillis();
        if (cpu > MAX_CPU_MILLIS || late - control > MAX_LATE_MILLIS) {
            problem = (problem.isEmpty() ? "" : problem + ", and ") + "an event loop was blocked";
        }
        String[] columns = { "" + (System.nanoTime() - start) / 1_000_000, "" + cpu, "" + late, "" + control, problem,
                result.substring(0, Math.min(300, result.length())).replaceAll("[^ -~]+", " ") };
        if (problem.isEmpty()) {
            accounts.close(name);
        }
        return columns;
    }

    private AccountSettings settings(int number, Call call) {
        return AccountSettings.create().host(server.resolve("/" + number)).projectId(1).projectApiKey("phc_hostile")
                .personalApiKey("phx_hostile").set("feature-flags-secure-api-key", "phs_hostile")
                .set("flags.local-evaluation", call == Call.DEFINITIONS ? "true" : "false")
                .set("flags.definitions.startup-timeout", "0s").set("flags.definitions.poll-interval", "1h")
                .set("flags.definitions.timeout", "20s").set("flags.timeout", "20s").set("flags.max-retries", "0")
                .set("capture.protocol", call == Call.CAPTURE_V1 ? "v1" : "v0").set("capture.request-timeout", "20s")
                .set("read-timeout", "20s").set("retry.max-retries", "0").set("capture.retry.max-retries", "0");
    }

    /** The result, or the exception as text. */
    private static String call(HostileCase hostile, PostHog account) {
        try {
            return hostile.call().run(account);
        } catch (PostHogException e) {
            return Call.FAILED + e.getMessage();
        } catch (RuntimeException e) {
            return "not documented: " + e;
        }
    }

    private String problem(HostileCase hostile, String result) {
        if (result.startsWith("not documented")) {
            return "an exception that is not documented";
        }
        boolean failed = result.startsWith(Call.FAILED);
        Expected expected = hostile.expected();
        if (failed && expected == Expected.SUCCESS) {
            return "failed";
        }
        if (!failed && (expected == Expected.FAILURE || expected == Expected.LIMIT)) {
            return "did not fail";
        }
        return expected == Expected.LIMIT && !LIMIT_KEY.matcher(result + logged).find()
                ? "the key of the limit is not in the message"
                : "";
    }

    /** Evaluates flags, which never fails; the reason of a failure is only logged. */
    private final class Messages extends Handler {

        @Override
        public void publish(LogRecord record) {
            logged.add(((ExtLogRecord) record).getFormattedMessage());
        }

        @Override
        public void flush() {
            // Nothing is buffered
        }

        @Override
        public void close() {
            // There is nothing to close
        }
    }
}
