package io.quarkiverse.posthog.runtime.capture;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureListener;

/**
 * Calls the hooks and listeners of the application. The beans are looked up on first use, because they can use {@code
 * PostHog} themselves.
 */
final class CaptureHooks {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.capture");

    private final String account;
    private final Lazy<List<BeforeSend>> beforeSend;
    private final Lazy<List<CaptureListener>> listeners;
    private final AtomicBoolean nestingLogged = new AtomicBoolean();

    CaptureHooks(String account, Supplier<List<BeforeSend>> beforeSend, Supplier<List<CaptureListener>> listeners) {
        this.account = account;
        this.beforeSend = new Lazy<>(() -> Nesting.current().inHook().call(beforeSend));
        this.listeners = new Lazy<>(() -> Nesting.current().listening().call(() -> guarded(listeners)));
    }

    /** Without its listeners an event can be sent; without its hooks it must not be. */
    private List<CaptureListener> guarded(Supplier<List<CaptureListener>> listeners) {
        try {
            return listeners.get();
        } catch (Throwable e) {
            LOG.errorf(e, "PostHog account '%s': the CaptureListener beans could not be created; events are still sent",
                    account);
            return List.of();
        }
    }

    List<BeforeSend> beforeSend() {
        return beforeSend.get();
    }

    boolean hasListeners() {
        // A listener may capture events while it is created
        return (listeners.isPresent() || !Nesting.current().inListener()) && !listeners.get().isEmpty();
    }

    /** An event was captured deeper in hooks than hooks are called. Logged once: each event of the application may cause it. */
    void tooDeep(String event) {
        if (nestingLogged.compareAndSet(false, true)) {
            LOG.warnf("PostHog account '%s': event '%s' was captured in a BeforeSend that was called for an event of a "
                    + "BeforeSend; it is dropped, as are further events like it, which are only counted; do not capture in a "
                    + "BeforeSend for events that it has captured itself", account, event);
        }
    }

    /** @param fromListener whether the news is of events that a listener captured, which only witnesses are told */
    void tell(boolean fromListener, Consumer<CaptureListener> news) {
        Nesting nesting = Nesting.current();
        nesting.listening().call(() -> {
            tell(news, fromListener || nesting.inListener());
            return null;
        });
    }

    private void tell(Consumer<CaptureListener> news, boolean onlyWitnesses) {
        for (CaptureListener listener : listeners.get()) {
            if (onlyWitnesses && !(listener instanceof DevModeCaptureListener)) {
                continue;
            }
            try {
                news.accept(listener);
            } catch (Throwable e) {
                LOG.warnf(e, "PostHog account '%s': %s failed; events are not affected", account,
                        listener.getClass().getName());
            }
        }
    }

    void notifyDevModeListeners(Consumer<DevModeCaptureListener> news) {
        tell(true, listener -> {
            if (listener instanceof DevModeCaptureListener witness) {
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

        boolean isPresent() {
            return value != null;
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
