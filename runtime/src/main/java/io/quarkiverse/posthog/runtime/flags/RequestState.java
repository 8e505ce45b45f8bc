package io.quarkiverse.posthog.runtime.flags;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import jakarta.enterprise.context.RequestScoped;

/** What is set for flags during a CDI request, for each account. */
@RequestScoped
public class RequestState {

    private final Map<String, Overrides> overrides = new ConcurrentHashMap<>();

    Overrides overrides(String account) {
        return overrides.getOrDefault(account, Overrides.NONE);
    }

    void change(String account, UnaryOperator<Overrides> change) {
        overrides.compute(account, (name, before) -> change.apply(before == null ? Overrides.NONE : before));
    }
}
