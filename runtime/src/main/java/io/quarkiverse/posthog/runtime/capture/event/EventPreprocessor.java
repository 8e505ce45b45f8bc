package io.quarkiverse.posthog.runtime.capture.event;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult.Discarded;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.context.DistinctIds;
import io.quarkiverse.posthog.runtime.context.RequestData;

/** Decides whether an event is sent, and enriches it. */
public final class EventPreprocessor {

    private final String account;
    private final CaptureLogger log;
    private final EventEnricher enricher;
    private final Sampler sampler;
    private final CaptureHooks hooks;
    private volatile boolean optedOut;

    public EventPreprocessor(String account, CaptureLogger log, EventEnricher enricher, Sampler sampler, CaptureHooks hooks,
            boolean enabled) {
        this.account = account;
        this.log = log;
        this.enricher = enricher;
        this.sampler = sampler;
        this.hooks = hooks;
        this.optedOut = !enabled;
    }

    public void optOut(boolean optedOut) {
        this.optedOut = optedOut;
    }

    public boolean isOptedOut() {
        return optedOut;
    }

    /** Processes an event of a stream, which does not belong to a request. */
    public PreprocessingResult process(CaptureEvent event) {
        return process(event, () -> RequestData.NONE, UnaryOperator.identity());
    }

    /**
     * Processes an event. Never fails: after an unexpected failure, the event is discarded.
     *
     * @param request supplies the data of the current request
     * @param finish is applied to the enriched event, before any {@link BeforeSend}
     */
    public PreprocessingResult process(CaptureEvent event, Supplier<RequestData> request, UnaryOperator<CaptureEvent> finish) {
        try {
            return decide(event, request.get(), finish);
        } catch (Throwable e) {
            log.failed("could not capture an event", e);
            return new Discarded(event, DropReason.ENCODING_FAILED, e.toString());
        }
    }

    /**
     * Completes an event that was captured elsewhere, where hooks, sampling and opting out were applied. Never fails.
     *
     * @param fromListener whether a listener captured it
     */
    public PreprocessingResult complete(CaptureEvent event, boolean fromListener) {
        try {
            return queued(enricher.completed(event), fromListener);
        } catch (IllegalArgumentException e) {
            return new Discarded(event, DropReason.INVALID, e.getMessage());
        } catch (Throwable e) {
            log.failed("could not deliver an event", e);
            return new Discarded(event, DropReason.ENCODING_FAILED, e.toString());
        }
    }

    private PreprocessingResult decide(CaptureEvent event, RequestData request, UnaryOperator<CaptureEvent> finish) {
        if (optedOut) {
            return new Discarded(event, DropReason.OPTED_OUT, null);
        }
        Nesting nesting = Nesting.current();
        if (nesting.isTooDeep()) {
            hooks.tooDeep(event.event());
            return new Discarded(event, DropReason.NESTED, "captured in a BeforeSend for an event of a BeforeSend");
        }
        CaptureEvent sampled;
        try {
            sampled = sampler.sample(enriched(event, request));
        } catch (IllegalArgumentException e) {
            return new Discarded(event, DropReason.INVALID, e.getMessage());
        }
        if (sampled == null) {
            return new Discarded(event, DropReason.SAMPLED_OUT, null);
        }
        CaptureEvent finished = finish.apply(sampled);
        return hooks.beforeSend().isEmpty() ? queued(finished, nesting.inListener())
                : nesting.inHook().call(() -> hooked(finished, nesting));
    }

    /** Leaves out properties of the request that can't be sent. */
    private CaptureEvent enriched(CaptureEvent event, RequestData request) {
        try {
            return enricher.enrich(event, request);
        } catch (IllegalArgumentException e) {
            RequestData writable = request
                    .withoutProperties(name -> !enricher.isWritable(name, request.properties().get(name)));
            if (writable.properties().size() == request.properties().size()) {
                throw e;
            }
            CaptureEvent enriched = enricher.enrich(event, writable);
            log.failed("captured an event without the properties of the request, which can't be written as JSON", e);
            return enriched;
        }
    }

    private PreprocessingResult hooked(CaptureEvent event, Nesting nesting) {
        CaptureEvent current = event;
        for (BeforeSend hook : hooks.beforeSend()) {
            try {
                current = hook.apply(current);
            } catch (Throwable e) {
                // Also undeclared exceptions, as in Kotlin. Data that the hook should have removed must not be sent
                String detail = hook.getClass().getName() + " failed: " + e;
                log.drops().hookFailed(event.event(), detail, e);
                return new Discarded(event, DropReason.BEFORE_SEND_FAILED, detail);
            }
            if (current == null) {
                return new Discarded(event, DropReason.BEFORE_SEND, null);
            }
        }
        if (current.properties().isEmpty()) {
            CaptureLogger.LOG.warnf(
                    "PostHog account '%s': a BeforeSend removed all properties of event '%s', including the properties of the extension",
                    account, current.event());
        }
        try {
            return queued(enricher.checked(current), nesting.inListener());
        } catch (IllegalArgumentException e) {
            return new Discarded(event, DropReason.INVALID, "after BeforeSend: " + e.getMessage());
        }
    }

    private QueuedEvent queued(CaptureEvent event, boolean fromListener) {
        if (DistinctIds.isIllegal(event.distinctId())) {
            log.illegalId(event);
        }
        return new QueuedEvent(event, PropertyNormalizer.size(event), QueuedEvent.NOT_SPOOLED, fromListener);
    }
}
