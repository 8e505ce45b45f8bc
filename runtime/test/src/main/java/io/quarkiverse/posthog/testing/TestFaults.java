package io.quarkiverse.posthog.testing;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.posthog.testing.runtime.AccountUnderTest;

/**
 * Simulates failures of PostHog. Faults apply to the next requests, in the order in which they were added, and are
 * removed after each test.
 * <p>
 * A fault applies to an {@link Endpoint} or to paths: all paths that start with the given text or, if it contains
 * {@code *}, all paths that match it, such as {@code /api/projects/*}{@code /cohorts}.
 */
public final class TestFaults {

    /** The number of requests of a fault without a limit. */
    private static final int ALWAYS = 1_000_000;

    private final String account;

    TestFaults(String account) {
        this.account = account;
    }

    /**
     * Responds with a status, in the way that PostHog does, until the test ends or {@link #clear()} is called.
     * <p>
     * Use 400 for an invalid request, 401 for a wrong key, 402 for an exceeded quota, 413 for a body that is too large,
     * 429 for too many requests, and 500 or 503 for an outage.
     */
    public TestFaults fail(Endpoint endpoint, int status) {
        return fail(endpoint, status, ALWAYS);
    }

    /** Responds to the given number of requests with a status. */
    public TestFaults fail(Endpoint endpoint, int status, int times) {
        endpoint.paths().forEach(path -> fail(path, status, times));
        return this;
    }

    /** Responds to the given number of requests to a path with a status. */
    public TestFaults fail(String path, int status, int times) {
        return add(path, times, Map.of("status", status));
    }

    /** Closes connections without a response, until the test ends or {@link #clear()} is called. */
    public TestFaults dropConnections(Endpoint endpoint) {
        return dropConnections(endpoint, ALWAYS);
    }

    /** Closes the connections of the given number of requests without a response. */
    public TestFaults dropConnections(Endpoint endpoint, int times) {
        endpoint.paths().forEach(path -> dropConnections(path, times));
        return this;
    }

    /** Closes the connections of the given number of requests to a path without a response. */
    public TestFaults dropConnections(String path, int times) {
        return add(path, times, Map.of("dropConnection", true));
    }

    /** Delays responses, until the test ends or {@link #clear()} is called. */
    public TestFaults delay(Endpoint endpoint, Duration latency) {
        return delay(endpoint, latency, ALWAYS);
    }

    /** Delays the responses to the given number of requests. */
    public TestFaults delay(Endpoint endpoint, Duration latency, int times) {
        endpoint.paths().forEach(path -> delay(path, latency, times));
        return this;
    }

    /** Delays the responses to the given number of requests to a path. */
    public TestFaults delay(String path, Duration latency, int times) {
        return add(path, times, Map.of("latencyMillis", latency.toMillis()));
    }

    /**
     * Responds to the given number of requests with status 429 and a delay in {@code Retry-After}.
     *
     * @param retryAfter the delay in whole seconds; other values cause an {@link IllegalArgumentException}
     */
    public TestFaults throttle(Endpoint endpoint, Duration retryAfter, int times) {
        endpoint.paths().forEach(path -> throttle(path, retryAfter, times));
        return this;
    }

    /**
     * Responds to the given number of requests to a path with status 429 and {@code Retry-After}.
     *
     * @param retryAfter the delay in whole seconds; other values cause an {@link IllegalArgumentException}
     */
    public TestFaults throttle(String path, Duration retryAfter, int times) {
        if (retryAfter.getNano() != 0) {
            throw new IllegalArgumentException("Retry-After is a number of whole seconds, but this is " + retryAfter
                    + "; round it, or use fail(path, 429, times), which sends no Retry-After");
        }
        return add(path, times, Map.of("status", 429, "retryAfter", retryAfter.toSeconds()));
    }

    /**
     * Simulates an exceeded quota of flag requests: flags are not evaluated and flag definitions are not available,
     * until the test ends or {@link #clear()} is called.
     */
    public TestFaults exceedFlagQuota() {
        flagSettings(Map.of("quotaLimited", true));
        return this;
    }

    /**
     * Lets the evaluation of these flags fail, in addition to flags that already fail, until the test ends or {@link
     * #clear()} is called. Other flags are not affected.
     */
    public TestFaults failFlags(String... keys) {
        Set<String> failing = new LinkedHashSet<>(AccountUnderTest.of(account).emulator().failingFlags());
        failing.addAll(List.of(keys));
        flagSettings(Map.of("failing", failing));
        return this;
    }

    /** Removes all faults. */
    public TestFaults clear() {
        AccountUnderTest.of(account).emulator().removeFaults();
        flagSettings(Map.of("quotaLimited", false, "failing", List.of()));
        return this;
    }

    private void flagSettings(Map<String, Object> settings) {
        AccountUnderTest tested = AccountUnderTest.of(account);
        tested.emulator().settings(Map.of("flags", settings));
        tested.reloadFlags();
    }

    private TestFaults add(String path, int times, Map<String, Object> what) {
        Map<String, Object> fault = new HashMap<>(what);
        fault.put("path", path);
        fault.put("times", times);
        AccountUnderTest.of(account).emulator().addFault(fault);
        return this;
    }
}
