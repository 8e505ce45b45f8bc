package io.quarkiverse.posthog.runtime.flags;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagResult;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.flags.FlagValue;

/**
 * The snapshot of an account that cannot be used or is closed: no flag has a value, and exposures are not captured.
 *
 * @param distinctId whom it is about
 */
public record EmptyFlagSnapshot(Optional<String> distinctId, Set<FlagError> errors) implements FlagSnapshot {

    public static FlagSnapshot of(FlagContext context, FlagError error) {
        return new EmptyFlagSnapshot(Optional.ofNullable(context).map(FlagContext::distinctId).filter(id -> !id.isBlank()),
                Set.of(error));
    }

    @Override
    public boolean isEnabled(String key, boolean defaultValue) {
        return defaultValue;
    }

    @Override
    public Optional<FlagValue> value(String key) {
        return Optional.empty();
    }

    @Override
    public Optional<FlagResult> result(String key) {
        return Optional.empty();
    }

    @Override
    public Optional<String> payload(String key) {
        return Optional.empty();
    }

    @Override
    public <T> Optional<T> payload(String key, Class<T> type) {
        return Optional.empty();
    }

    @Override
    public Set<String> keys() {
        return Set.of();
    }

    @Override
    public Map<String, FlagResult> results() {
        return Map.of();
    }

    @Override
    public FlagSnapshot only(Collection<String> keys) {
        return this;
    }

    @Override
    public FlagSnapshot onlyAccessed() {
        return this;
    }

    @Override
    public Optional<String> requestId() {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> evaluatedAt() {
        return Optional.empty();
    }
}
