package io.quarkiverse.posthog.benchmarks.flags;

/** A library that evaluates flags for somebody of whom plan, country and mail address are known. */
interface FlagClient {

    /** @return the value of the flag; not null, or it was not evaluated */
    Object value(String key, String person);

    /** @return how many flags have a value */
    int all(String person);
}
