package io.quarkiverse.posthog.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;

/** Streams persons and watches the heap. */
final class PersonStream {

    private final PostHogAccounts accounts;

    PersonStream(PostHogAccounts accounts) {
        this.accounts = accounts;
    }

    void run(int persons) throws Exception {
        try (EndlessPersons server = new EndlessPersons(persons)) {
            PostHog posthog = accounts.open("benchmark",
                    AccountSettings.create().host(server.url()).personalApiKey("phx_benchmark").projectId(1));
            posthog.persons().list().select().first(3).collect().asList().await().indefinitely();
            System.out.printf("first(3), page size 100: %d request(s)%n", server.requests());

            int before = server.requests();
            AtomicInteger received = new AtomicInteger();
            long start = System.nanoTime();
            System.out.printf("%10s %18s   (maximum heap %d MiB)%n", "persons", "heap in use (MiB)",
                    Runtime.getRuntime().maxMemory() >> 20);
            posthog.persons().list().invoke(person -> report(received.incrementAndGet(), persons))
                    .onItem().ignoreAsUni().await().indefinitely();
            System.out.printf("%d persons in %d requests, %.1f s%n", received.get(), server.requests() - before,
                    (System.nanoTime() - start) / 1e9);
        }
    }

    private static void report(int received, int total) {
        if (received % Math.max(1, total / 10) == 0) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.printf("%10d %18.1f%n", received, (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0);
        }
    }
}
