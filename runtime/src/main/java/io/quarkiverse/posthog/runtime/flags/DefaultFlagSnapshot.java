package io.quarkiverse.posthog.runtime.flags;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.posthog.flags.EvaluationRuntime;
import io.quarkiverse.posthog.flags.FlagBootstrap;
import io.quarkiverse.posthog.flags.FlagDetails;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagResult;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.flags.UnresolvedFlagReason;

/** A snapshot with its flags in memory. */
final class DefaultFlagSnapshot implements FlagSnapshot {

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<DefaultFlagSnapshot, Set> ACCESSED = AtomicReferenceFieldUpdater
            .newUpdater(DefaultFlagSnapshot.class, Set.class, "accessed");

    /** Marks the only flag of a snapshot as accessed. */
    private static final Set<String> ALL = Set.of("*");

    private final EvaluationRequest asked;
    private final Map<String, ResolvedFlag> flags;
    private final Map<String, UnresolvedFlagReason> unresolved;
    private final FlagsResponse answer;
    private final FeatureFlagCalledReporter calls;
    private final PayloadReader payloads;
    private final SnapshotWarnings warnings;
    private final boolean filtered;
    /** The keys of accessed flags; null until the first access, because most snapshots have one flag and are read once. */
    private volatile Set<String> accessed;

    /** @param answer PostHog's response, whose values {@code flags} can contain */
    DefaultFlagSnapshot(EvaluationRequest asked, Map<String, ResolvedFlag> flags,
            Map<String, UnresolvedFlagReason> unresolved, FlagsResponse answer, FeatureFlagCalledReporter calls,
            PayloadReader payloads, SnapshotWarnings warnings) {
        this(asked, flags, unresolved, answer, calls, payloads, warnings, false);
    }

    private DefaultFlagSnapshot(EvaluationRequest asked, Map<String, ResolvedFlag> flags,
            Map<String, UnresolvedFlagReason> unresolved, FlagsResponse answer, FeatureFlagCalledReporter calls,
            PayloadReader payloads, SnapshotWarnings warnings, boolean filtered) {
        this.asked = asked;
        this.flags = flags;
        this.unresolved = unresolved;
        this.answer = answer;
        this.calls = calls;
        this.payloads = payloads;
        this.warnings = warnings;
        this.filtered = filtered;
    }

    @Override
    public Optional<String> distinctId() {
        return Optional.ofNullable(asked.distinctId());
    }

    @Override
    public boolean isEnabled(String key, boolean defaultValue) {
        ResolvedFlag flag = access(key);
        return flag == null ? defaultValue : flag.value().enabled();
    }

    @Override
    public Optional<FlagValue> value(String key) {
        ResolvedFlag flag = access(key);
        return flag == null ? Optional.empty() : Optional.of(flag.value());
    }

    @Override
    public Optional<FlagResult> result(String key) {
        return Optional.ofNullable(access(key)).map(ResolvedFlag::result);
    }

    /** Returns a flag. Some maps do not support null keys. */
    private ResolvedFlag find(String key) {
        return key == null ? null : flags.get(key);
    }

    /** Returns a flag and captures the exposure, except for flags that are not part of a filtered snapshot. */
    private ResolvedFlag access(String key) {
        if (key != null && key.isBlank()) {
            calls.blankKey();
            return null;
        }
        ResolvedFlag flag = find(key);
        if (flag != null) {
            remember(key);
        }
        if (flag != null || key != null && !filtered) {
            calls.called(asked, key, flag, answer, unresolved.containsKey(key));
        }
        return flag;
    }

    private void remember(String key) {
        if (flags.size() == 1) {
            accessed = ALL;
            return;
        }
        if (accessed == null) {
            // Several threads can access the first flag at the same time
            ACCESSED.compareAndSet(this, null, ConcurrentHashMap.newKeySet());
        }
        accessed.add(key);
    }

    private Set<String> accessed() {
        Set<String> some = accessed;
        return some == null ? Set.of() : some == ALL ? flags.keySet() : some;
    }

    @Override
    public FlagDetails<Boolean> getBooleanDetails(String key, boolean defaultValue) {
        return details(key, FlagDetailsReader.BOOLEAN, defaultValue);
    }

    @Override
    public FlagDetails<String> getStringDetails(String key, String defaultValue) {
        return details(key, FlagDetailsReader.STRING, defaultValue);
    }

    @Override
    public FlagDetails<Integer> getIntegerDetails(String key, int defaultValue) {
        return details(key, FlagDetailsReader.INTEGER, defaultValue);
    }

    @Override
    public FlagDetails<Long> getLongDetails(String key, long defaultValue) {
        return details(key, FlagDetailsReader.LONG, defaultValue);
    }

    @Override
    public FlagDetails<Double> getDoubleDetails(String key, double defaultValue) {
        return details(key, FlagDetailsReader.DOUBLE, defaultValue);
    }

    @Override
    public FlagDetails<Map<String, Object>> getObjectDetails(String key, Map<String, Object> defaultValue) {
        return details(key, FlagDetailsReader.OBJECT, defaultValue);
    }

    private <T> FlagDetails<T> details(String key, FlagDetailsReader<T> reader, T defaultValue) {
        ResolvedFlag flag = access(key);
        if (flag != null) {
            return reader.read(flag, defaultValue);
        }
        FailedFlag failed = key == null || filtered ? null : answer.failedFlags().get(key);
        return failed != null ? reader.failed(key, failed, defaultValue)
                : reader.missing(key, defaultValue, cause(key));
    }

    /** Returns why the flag may be missing; empty if it does not exist. */
    private String cause(String key) {
        UnresolvedFlagReason reason = key == null ? null : unresolved.get(key);
        return Stream.concat(Stream.ofNullable(reason), answer.errors().stream()).map(Object::toString)
                .collect(Collectors.joining(", "));
    }

    @Override
    public Optional<String> payload(String key) {
        return Optional.ofNullable(find(key)).map(ResolvedFlag::payload);
    }

    @Override
    public <T> Optional<T> payload(String key, Class<T> type) {
        return payload(key).flatMap(json -> {
            try {
                return Optional.ofNullable(payloads.read(json, type));
            } catch (IOException | RuntimeException e) {
                warnings.payloadOfOtherType(key, type);
                return Optional.empty();
            }
        });
    }

    @Override
    public Set<String> keys() {
        return Collections.unmodifiableSet(flags.keySet());
    }

    @Override
    public Map<String, FlagResult> results() {
        Map<String, FlagResult> results = new LinkedHashMap<>(flags.size() * 2);
        flags.forEach((key, flag) -> results.put(key, flag.result()));
        return Collections.unmodifiableMap(results);
    }

    @Override
    public FlagSnapshot only(Collection<String> keys) {
        Map<String, ResolvedFlag> some = new LinkedHashMap<>();
        Set<String> unknown = new TreeSet<>();
        for (String key : keys) {
            ResolvedFlag flag = find(key);
            if (flag == null) {
                unknown.add(String.valueOf(key));
            } else {
                some.put(key, flag);
            }
        }
        warnings.unknownKeys(unknown);
        return part(some);
    }

    @Override
    public FlagSnapshot onlyAccessed() {
        Map<String, ResolvedFlag> some = new LinkedHashMap<>();
        flags.forEach((key, flag) -> {
            if (accessed().contains(key)) {
                some.put(key, flag);
            }
        });
        return part(some);
    }

    @Override
    public FlagSnapshot onlyFor(EvaluationRuntime runtime) {
        boolean evaluatedFor = asked.context().runtime() == runtime;
        Map<String, ResolvedFlag> some = new LinkedHashMap<>();
        flags.forEach((key, flag) -> {
            if (EvaluationRuntime.of(flag.runtime()).map(its -> its.isFor(runtime)).orElse(evaluatedFor)) {
                some.put(key, flag);
            }
        });
        return part(some);
    }

    @Override
    public FlagBootstrap bootstrap(boolean identified) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Object> parsed = new LinkedHashMap<>();
        FlagSnapshot clients = onlyFor(EvaluationRuntime.CLIENT);
        clients.results().forEach((key, flag) -> {
            if (flag.enabled()) {
                values.put(key, flag.value().toJson());
                clients.payload(key, Object.class).ifPresent(payload -> parsed.put(key, payload));
            }
        });
        return new FlagBootstrap(asked.distinctId(), identified, values, parsed);
    }

    private FlagSnapshot part(Map<String, ResolvedFlag> some) {
        DefaultFlagSnapshot part = new DefaultFlagSnapshot(asked, some, Map.of(), answer, calls, payloads, warnings, true);
        accessed().stream().filter(some::containsKey).forEach(part::remember);
        return part;
    }

    @Override
    public Set<FlagError> errors() {
        return Collections.unmodifiableSet(answer.errors());
    }

    @Override
    public Map<String, UnresolvedFlagReason> unresolvedFlags() {
        return Collections.unmodifiableMap(unresolved);
    }

    @Override
    public Optional<String> requestId() {
        return Optional.ofNullable(answer.requestId());
    }

    @Override
    public Optional<Instant> evaluatedAt() {
        return Optional.ofNullable(answer.evaluatedAt());
    }

    @Override
    public String toString() {
        return "FlagSnapshot" + flags.values().stream().map(flag -> flag.key() + "=" + flag.value()).toList();
    }
}
