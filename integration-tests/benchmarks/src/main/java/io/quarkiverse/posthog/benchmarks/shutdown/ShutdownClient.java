package io.quarkiverse.posthog.benchmarks.shutdown;

import java.net.URI;
import java.util.List;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.cohorts.CohortQuery;

/** Captures events, sends a read and a flag evaluation, and ends while all of them are pending. */
public final class ShutdownClient {

    /** The argument that selects this program, followed by the address of the server and the number of events. */
    public static final String ARGUMENT = "shutdown-client";

    /** Printed when the application starts to stop. */
    static final String STOPPING = "stopping";

    private ShutdownClient() {
    }

    public static void run(List<String> options, PostHogAccounts accounts) throws InterruptedException {
        PostHog account = accounts.open("shop", AccountSettings.create().host(URI.create(options.get(0))).projectId(1)
                .projectApiKey("phc_shutdown").personalApiKey("phx_shutdown").set("capture.compression", "none")
                .set("capture.flush-interval", "1h").set("capture.flush-at", "100000").set("flags.timeout", "1m")
                .set("read-timeout", "1m"));
        account.cohorts().page(CohortQuery.create()).subscribe().with(page -> {
        }, failure -> {
        });
        account.evaluateFlags("zoe").subscribe().with(flags -> {
        });
        for (int i = 0; i < Integer.parseInt(options.get(1)); i++) {
            account.capture(CaptureEvent.of("purchase", "user-" + i));
        }
        // The other requests are in flight
        Thread.sleep(1000);
        System.out.println(STOPPING);
        System.out.flush();
    }
}
