package io.quarkiverse.posthog.benchmarks;

import jakarta.inject.Inject;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Runs the benchmark that the first argument names. */
@QuarkusMain
public class Benchmarks implements QuarkusApplication {

    private static final int DEFAULT_PERSONS = 200_000;

    @Inject
    PostHogAccounts accounts;

    @Override
    public int run(String... arguments) throws Exception {
        if (arguments.length == 0 || !arguments[0].equals("persons")) {
            System.err.println("Usage: persons [how many]");
            return 2;
        }
        new PersonStream(accounts).run(arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_PERSONS);
        return 0;
    }
}
