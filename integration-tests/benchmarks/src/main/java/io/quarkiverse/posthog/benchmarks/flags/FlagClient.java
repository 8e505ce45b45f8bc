package io.quarkiverse.posthog.benchmarks.flags;

/** A library that evaluates flags for a person with a plan, a country and an email address. */
interface FlagClient {

    /** @return the flag value; null if the flag was not evaluated */
    Object value(String key, String person);

    /** @return the number of flags that have a value */
    int all(String person);
}
