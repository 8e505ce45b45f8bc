package io.quarkiverse.posthog.runtime.capture.event;

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
public final class CaptureHooks {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.capture");

    private final String account;
    private final Lazy<List<BeforeSend>> beforeSend;
    private final Lazy<List<CaptureListener>> listeners;
    private final AtomicBoolean nestingLogged = new AtomicBoolean();

    public CaptureHooks(String account, Supplier<List<BeforeSend>> beforeSend, Supplier<List<CaptureListener>> listeners) {
        this.account = account;
        this.beforeSend = new Lazy<>(() -> Nesting.current().inHook().call(beforeSend));
        this.listeners = new Lazy<>(() -> Nesting.current().listening().call(() -> guarded(listeners)));
    }

    /** If listeners can't be created, events are still sent. If hooks can't be created, they are not. */
    private List<CaptureListener> guarded(Supplier<List<CaptureListener>> listeners) {
        try {
            return listeners.get();
        } catch (Throwable e) {
            LOG.errorf(e, "PostHog account '%s': the CaptureListener beans could not be created; events are still sent",
                    account);
            return List.of();
        }
    }

    public List<BeforeSend> beforeSend() {
        return beforeSend.get();
    }

    public boolean hasListeners() {
        // A listener may capture events while it is created
        return (listeners.isPresent() || !Nesting.current().inListener()) && !listeners.get().isEmpty();
    }

    /** Logs once that a nested event was dropped: it was captured in a hook that was called for an event of a hook. */
    void tooDeep(String event) {
        if (nestingLogged.compareAndSet(false, true)) {
            LOG.warnf("PostHog account '%s': event '%s' was captured in a BeforeSend that was called for an event of a "
                    + "BeforeSend; it is dropped, as are further events like it, which are only counted; do not capture in a "
                    + "BeforeSend for events that it has captured itself", account, event);
        }
    }

    /** @param fromListener whether a listener captured the events; then only dev mode listeners are notified */
    public void notifyListeners(boolean fromListener, Consumer<CaptureListener> notification) {
        Nesting nesting = Nesting.current();
        nesting.listening().call(() -> {
            notifyListeners(notification, fromListener || nesting.inListener());
            return null;
        });
    }

    private void notifyListeners(Consumer<CaptureListener> notification, boolean onlyDevMode) {
        for (CaptureListener listener : listeners.get()) {
            if (onlyDevMode && !(listener instanceof DevModeCaptureListener)) {
                continue;
            }
            try {
                notification.accept(listener);
            } catch (Throwable e) {
                LOG.warnf(e, "PostHog account '%s': %s failed; events are not affected", account,
                        listener.getClass().getName());
            }
        }
    }

    public void notifyDevModeListeners(Consumer<DevModeCaptureListener> notification) {
        notifyListeners(true, listener -> {
            if (listener instanceof DevModeCaptureListener devMode) {
                notification.accept(devMode);
            }
        });
    }

    /** A value that is computed on first use; concurrent first uses may each compute it. */
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
            T computed = value;
            if (computed == null) {
                computed = supplier.get();
                value = computed;
            }
            return computed;
        }
    }
}
