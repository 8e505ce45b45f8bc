package io.quarkiverse.posthog.testing;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.posthog.testing.runtime.AccountUnderTest;

/**
 * Lets PostHog have a bad day. Faults hit the requests that follow, in the order in which they were added. After
 * each test they are taken back.
 * <p>
 * A fault is for an {@link Endpoint} or for paths: all that begin with the given text, or, if it has a {@code *},
 * those that match it, such as {@code /api/projects/*}{@code /cohorts}.
 */
public final class TestFaults {

    /** As good as always. */
    private static final int ALWAYS = 1_000_000;

    private final String account;

    TestFaults(String account) {
        this.account = account;
    }

    /**
     * Requests are answered with a status, as PostHog answers with it, until the test ends or {@link #clear()}.
     * <p>
     * Some statuses and what they mean: 400 for what PostHog will never take, 401 for a wrong key, 402 for a quota
     * that is used up, 413 for a body that is too large, 429 for too many requests, 500 and 503 for an outage.
     */
    public TestFaults failing(Endpoint endpoint, int status) {
        return failing(endpoint, status, ALWAYS);
    }

    /** The next requests, so many of them, are answered with a status. */
    public TestFaults failing(Endpoint endpoint, int status, int times) {
        endpoint.paths().forEach(path -> failing(path, status, times));
        return this;
    }

    /** The next requests with this path, so many of them, are answered with a status. */
    public TestFaults failing(String path, int status, int times) {
        return add(path, times, Map.of("status", status));
    }

    /** The connection is closed instead of an answer, until the test ends or {@link #clear()}. */
    public TestFaults droppingConnections(Endpoint endpoint) {
        return droppingConnections(endpoint, ALWAYS);
    }

    /** The connection is closed instead of an answer, so many times. */
    public TestFaults droppingConnections(Endpoint endpoint, int times) {
        endpoint.paths().forEach(path -> droppingConnections(path, times));
        return this;
    }

    /** The connection is closed instead of an answer to requests with this path, so many times. */
    public TestFaults droppingConnections(String path, int times) {
        return add(path, times, Map.of("dropConnection", true));
    }

    /** Answers come late, until the test ends or {@link #clear()}. */
    public TestFaults slow(Endpoint endpoint, Duration latency) {
        return slow(endpoint, latency, ALWAYS);
    }

    /** Answers come late, so many times. */
    public TestFaults slow(Endpoint endpoint, Duration latency, int times) {
        endpoint.paths().forEach(path -> slow(path, latency, times));
        return this;
    }

    /** Answers to requests with this path come late, so many times. */
    public TestFaults slow(String path, Duration latency, int times) {
        return add(path, times, Map.of("latencyMillis", latency.toMillis()));
    }

    /**
     * The next requests, so many of them, are too many: status 429, with the time to wait in {@code Retry-After}.
     *
     * @param retryAfter whole seconds, since the header has no others; anything else is an
     *        {@link IllegalArgumentException}
     */
    public TestFaults throttling(Endpoint endpoint, Duration retryAfter, int times) {
        endpoint.paths().forEach(path -> throttling(path, retryAfter, times));
        return this;
    }

    /**
     * The next requests with this path, so many of them, are too many: status 429, with {@code Retry-After}.
     *
     * @param retryAfter whole seconds, since the header has no others; anything else is an
     *        {@link IllegalArgumentException}
     */
    public TestFaults throttling(String path, Duration retryAfter, int times) {
        if (retryAfter.getNano() != 0) {
            throw new IllegalArgumentException("Retry-After is a number of whole seconds, but this is " + retryAfter
                    + "; round it, or use failing(path, 429, times), which sends no Retry-After");
        }
        return add(path, times, Map.of("status", 429, "retryAfter", retryAfter.toSeconds()));
    }

    /**
     * The project has used up its flag requests: flags are not evaluated, and their definitions not delivered,
     * until the test ends or {@link #clear()}.
     */
    public TestFaults flagQuotaExceeded() {
        flagSettings(Map.of("quotaLimited", true));
        return this;
    }

    /**
     * PostHog can't evaluate these flags, until the test ends or {@link #clear()}, in addition to those that fail
     * already; others are not affected.
     */
    public TestFaults flagsFailing(String... keys) {
        Set<String> failing = new LinkedHashSet<>(AccountUnderTest.of(account).emulator().failingFlags());
        failing.addAll(List.of(keys));
        flagSettings(Map.of("failing", failing));
        return this;
    }

    /** PostHog is well again. */
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
