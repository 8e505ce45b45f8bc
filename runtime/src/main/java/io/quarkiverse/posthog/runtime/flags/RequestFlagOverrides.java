package io.quarkiverse.posthog.runtime.flags;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import jakarta.enterprise.context.ContextNotActiveException;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.flags.FlagOverrides;
import io.quarkiverse.posthog.runtime.context.PropertyOverrides;
import io.quarkiverse.posthog.runtime.context.RequestScopedState;

/** The flag overrides of an account for the active CDI request. */
public final class RequestFlagOverrides implements FlagOverrides {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.flags");

    private final String account;
    private final Supplier<RequestScopedState> request;

    /** @param request returns the state of the active request; null if none is active */
    RequestFlagOverrides(String account, Supplier<RequestScopedState> request) {
        this.account = account;
        this.request = request;
    }

    public static RequestFlagOverrides of(String account) {
        return new RequestFlagOverrides(account, RequestScopedState.ofActiveRequest());
    }

    PropertyOverrides current() {
        try {
            RequestScopedState state = request.get();
            return state == null ? PropertyOverrides.NONE : state.overrides(account);
        } catch (ContextNotActiveException e) {
            // The request ended meanwhile, on another thread, and its overrides with it
            return PropertyOverrides.NONE;
        }
    }

    @Override
    public void setPersonProperties(Map<String, ?> properties) {
        if (properties != null && !properties.isEmpty()) {
            change(before -> new PropertyOverrides(merged(before.personProperties(), properties), before.groupProperties()));
        }
    }

    @Override
    public void setGroupProperties(String type, Map<String, ?> properties) {
        if (properties != null && !properties.isEmpty()) {
            change(before -> {
                Map<String, Object> group = before.groupProperties().getOrDefault(type, Map.of());
                return new PropertyOverrides(before.personProperties(),
                        merged(before.groupProperties(), Map.of(type, merged(group, properties))));
            });
        }
    }

    @Override
    public void resetPersonProperties() {
        reset(before -> new PropertyOverrides(Map.of(), before.groupProperties()));
    }

    @Override
    public void resetGroupProperties() {
        reset(before -> new PropertyOverrides(before.personProperties(), Map.of()));
    }

    @Override
    public void resetGroupProperties(String type) {
        reset(before -> {
            Map<String, Map<String, Object>> others = new LinkedHashMap<>(before.groupProperties());
            others.remove(type);
            return new PropertyOverrides(before.personProperties(), others);
        });
    }

    @Override
    public Map<String, Object> personProperties() {
        return current().personProperties();
    }

    @Override
    public Map<String, Map<String, Object>> groupProperties() {
        return current().groupProperties();
    }

    private void change(UnaryOperator<PropertyOverrides> change) {
        RequestScopedState state = request.get();
        if (state == null) {
            LOG.warnf("PostHog account '%s': flag overrides were set without an active CDI request context and are "
                    + "ignored; pass the properties in the FlagContext instead", account);
            return;
        }
        state.changeOverrides(account, change);
    }

    /** Does nothing without a request. */
    private void reset(UnaryOperator<PropertyOverrides> change) {
        RequestScopedState state = request.get();
        if (state != null) {
            state.changeOverrides(account, change);
        }
    }

    private static <V> Map<String, V> merged(Map<String, V> before, Map<String, ? extends V> more) {
        Map<String, V> merged = new LinkedHashMap<>(before);
        merged.putAll(more);
        return Collections.unmodifiableMap(merged);
    }
}
