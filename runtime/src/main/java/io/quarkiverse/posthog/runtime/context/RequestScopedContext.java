package io.quarkiverse.posthog.runtime.context;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import jakarta.enterprise.context.RequestScoped;

/** The context of a CDI request, from its first use. */
@RequestScoped
public class RequestScopedContext {

    /** @param identified whether it is settled who makes the request */
    record Known(RequestData data, boolean identified) {

        Known change(UnaryOperator<RequestData> change, boolean identifies) {
            return new Known(change.apply(data), identified || identifies);
        }
    }

    private final AtomicReference<Known> known = new AtomicReference<>();

    /** @param first what the request says of itself; asked for once, unless several threads want to know at the same time */
    public Known get(Supplier<Known> first) {
        Known now = known.get();
        if (now != null) {
            return now;
        }
        known.compareAndSet(null, first.get());
        return known.get();
    }

    public void update(UnaryOperator<Known> change) {
        known.updateAndGet(change);
    }
}
