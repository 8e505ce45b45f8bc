package io.quarkiverse.posthog.runtime.flags;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import jakarta.enterprise.context.RequestScoped;

/** The flag overrides of a CDI request, for each account. */
@RequestScoped
public class RequestScopedFlagOverrides {

    private final Map<String, PropertyOverrides> overrides = new ConcurrentHashMap<>();

    PropertyOverrides overrides(String account) {
        return overrides.getOrDefault(account, PropertyOverrides.NONE);
    }

    void change(String account, UnaryOperator<PropertyOverrides> change) {
        overrides.compute(account, (name, before) -> change.apply(before == null ? PropertyOverrides.NONE : before));
    }
}
