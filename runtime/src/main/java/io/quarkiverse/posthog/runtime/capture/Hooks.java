package io.quarkiverse.posthog.runtime.capture;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureListener;

/**
 * What the application wants to decide or to know about events. Looked up when first needed: such a bean may use
 * {@code PostHog} itself.
 */
final class Hooks {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.capture");

    private final String account;
    private final Lazy<List<BeforeSend>> beforeSend;
    private final Lazy<List<CaptureListener>> listeners;

    Hooks(String account, Supplier<List<BeforeSend>> beforeSend, Supplier<List<CaptureListener>> listeners) {
        this.account = account;
        this.beforeSend = new Lazy<>(beforeSend);
        this.listeners = new Lazy<>(() -> guarded(listeners));
    }

    /** Without its listeners an event can be sent; without its hooks it must not be. */
    private List<CaptureListener> guarded(Supplier<List<CaptureListener>> listeners) {
        try {
            return listeners.get();
        } catch (Throwable e) {
            LOG.errorf(e, "PostHog account '%s' can't make its listeners; events are not affected", account);
            return List.of();
        }
    }

    List<BeforeSend> beforeSend() {
        return beforeSend.get();
    }

    boolean hasListeners() {
        return !listeners.get().isEmpty();
    }

    void tell(Consumer<CaptureListener> news) {
        for (CaptureListener listener : listeners.get()) {
            try {
                news.accept(listener);
            } catch (Throwable e) {
                LOG.warnf(e, "PostHog account '%s': %s failed; events are not affected", account,
                        listener.getClass().getName());
            }
        }
    }

    void tellWitnesses(Consumer<CaptureWitness> news) {
        tell(listener -> {
            if (listener instanceof CaptureWitness witness) {
                news.accept(witness);
            }
        });
    }

    /** Computed by whoever asks first; several at once may compute the same. */
    private static final class Lazy<T> {

        private final Supplier<T> supplier;
        private volatile T value;

        Lazy(Supplier<T> supplier) {
            this.supplier = supplier;
        }

        T get() {
            T known = value;
            if (known == null) {
                known = supplier.get();
                value = known;
            }
            return known;
        }
    }
}
