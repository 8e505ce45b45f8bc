package io.quarkiverse.posthog.lua;

import java.time.Duration;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * The options of a run. Immutable: each method returns a modified copy.
 *
 * @param dryRun whether changes are only validated and described, as with {@code dry_run} in each of these calls
 * @param cpuLimit the maximum computing time; null for {@code quarkus.posthog.lua.limits.cpu}, which is also the maximum
 * @param memoryLimit the maximum memory in bytes; null for {@code quarkus.posthog.lua.limits.memory}, which is also the maximum
 */
public record ScriptOptions(boolean dryRun, Duration cpuLimit, Long memoryLimit) {

    public ScriptOptions {
        if (cpuLimit != null && (cpuLimit.isNegative() || cpuLimit.isZero())) {
            throw new IllegalArgumentException("cpuLimit must be positive, but was " + cpuLimit);
        }
        if (memoryLimit != null && memoryLimit <= 0) {
            throw new IllegalArgumentException("memoryLimit must be positive, but was " + memoryLimit);
        }
    }

    /** Returns the configured limits, without dry run. */
    public static ScriptOptions create() {
        return new ScriptOptions(false, null, null);
    }

    /** Sets whether changes are only validated and described. Functions that read are called. */
    @CheckReturnValue
    public ScriptOptions dryRun(boolean dryRun) {
        return new ScriptOptions(dryRun, cpuLimit, memoryLimit);
    }

    /** Limits the computing time of the script. The time in which it waits for PostHog does not count. */
    @CheckReturnValue
    public ScriptOptions cpuLimit(Duration cpuLimit) {
        return new ScriptOptions(dryRun, cpuLimit, memoryLimit);
    }

    /** Limits the memory of the script, in bytes. */
    @CheckReturnValue
    public ScriptOptions memoryLimit(long bytes) {
        return new ScriptOptions(dryRun, cpuLimit, bytes);
    }
}
