package io.quarkiverse.posthog.benchmarks.flags;

/** A library that evaluates flags for a person with a plan, a country and an email address. */
interface FlagClient {

    /** @return the value of the flag; not null, or it was not evaluated */
    Object value(String key, String person);

    /** @return how many flags have a value */
    int all(String person);
}
