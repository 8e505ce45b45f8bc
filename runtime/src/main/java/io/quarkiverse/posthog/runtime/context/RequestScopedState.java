package io.quarkiverse.posthog.runtime.context;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import jakarta.enterprise.context.RequestScoped;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;

/** The context of a CDI request, from its first use, and the flag overrides of the request for each account. */
@RequestScoped
public class RequestScopedState {

    /** @param identified whether the person, or its absence, is final */
    record CurrentRequest(RequestData data, boolean identified) {

        CurrentRequest change(UnaryOperator<RequestData> change, boolean identifies) {
            return new CurrentRequest(change.apply(data), identified || identifies);
        }
    }

    private final AtomicReference<CurrentRequest> current = new AtomicReference<>();
    private final Map<String, PropertyOverrides> overrides = new ConcurrentHashMap<>();

    /** Returns the state of the active CDI request, or null if none is active. */
    public static Supplier<RequestScopedState> ofActiveRequest() {
        return new ActiveRequest();
    }

    /** @param first the initial data of the request; called once, unless several threads call at the same time */
    public CurrentRequest get(Supplier<CurrentRequest> first) {
        CurrentRequest now = current.get();
        if (now != null) {
            return now;
        }
        current.compareAndSet(null, first.get());
        return current.get();
    }

    public void update(UnaryOperator<CurrentRequest> change) {
        current.updateAndGet(change);
    }

    public PropertyOverrides overrides(String account) {
        return overrides.getOrDefault(account, PropertyOverrides.NONE);
    }

    public void changeOverrides(String account, UnaryOperator<PropertyOverrides> change) {
        overrides.compute(account, (name, before) -> change.apply(before == null ? PropertyOverrides.NONE : before));
    }

    private static final class ActiveRequest implements Supplier<RequestScopedState> {

        /** The client proxy; null before the first request. */
        private volatile RequestScopedState proxy;

        @Override
        public RequestScopedState get() {
            ArcContainer container = Arc.container();
            if (container == null || !container.requestContext().isActive()) {
                return null;
            }
            RequestScopedState state = proxy;
            if (state == null) {
                state = container.instance(RequestScopedState.class).get();
                proxy = state;
            }
            return state;
        }
    }
}
