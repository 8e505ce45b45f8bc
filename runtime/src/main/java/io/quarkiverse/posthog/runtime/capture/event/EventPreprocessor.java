package io.quarkiverse.posthog.runtime.capture.event;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult.Declined;
import io.quarkiverse.posthog.runtime.capture.log.CaptureLogger;
import io.quarkiverse.posthog.runtime.context.DistinctIds;
import io.quarkiverse.posthog.runtime.context.RequestData;

/** Decides whether an event is sent, and completes it. */
public final class EventPreprocessor {

    private final String account;
    private final CaptureLogger log;
    private final EventEnricher assembler;
    private final Sampler sampler;
    private final CaptureHooks hooks;
    private volatile boolean optedOut;

    public EventPreprocessor(String account, CaptureLogger log, EventEnricher assembler, Sampler sampler, CaptureHooks hooks,
            boolean enabled) {
        this.account = account;
        this.log = log;
        this.assembler = assembler;
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

    /** An event of a stream, which belongs to no request. */
    public PreprocessingResult admit(CaptureEvent event) {
        return admit(event, () -> RequestData.NONE, UnaryOperator.identity());
    }

    /**
     * Never fails: what can't be decided is declined.
     *
     * @param request what the event is captured in
     * @param finish what is done with the complete event, before any {@link BeforeSend}
     */
    public PreprocessingResult admit(CaptureEvent event, Supplier<RequestData> request, UnaryOperator<CaptureEvent> finish) {
        try {
            return decide(event, request.get(), finish);
        } catch (Throwable e) {
            log.failed("could not capture an event", e);
            return new Declined(event, DropReason.ENCODING_FAILED, e.toString());
        }
    }

    private PreprocessingResult decide(CaptureEvent event, RequestData request, UnaryOperator<CaptureEvent> finish) {
        if (optedOut) {
            return new Declined(event, DropReason.OPTED_OUT, null);
        }
        Nesting nesting = Nesting.current();
        if (nesting.isTooDeep()) {
            hooks.tooDeep(event.event());
            return new Declined(event, DropReason.NESTED, "captured in a BeforeSend for an event of a BeforeSend");
        }
        CaptureEvent sampled;
        try {
            sampled = sampler.sample(assembled(event, request));
        } catch (IllegalArgumentException e) {
            return new Declined(event, DropReason.INVALID, e.getMessage());
        }
        if (sampled == null) {
            return new Declined(event, DropReason.SAMPLED_OUT, null);
        }
        CaptureEvent finished = finish.apply(sampled);
        return hooks.beforeSend().isEmpty() ? queued(finished, nesting)
                : nesting.inHook().call(() -> hooked(finished, nesting));
    }

    /** What the request would add, but can't be sent, is left out. */
    private CaptureEvent assembled(CaptureEvent event, RequestData request) {
        try {
            return assembler.assemble(event, request);
        } catch (IllegalArgumentException e) {
            RequestData writable = request
                    .withoutProperties(name -> !assembler.isWritable(name, request.properties().get(name)));
            if (writable.properties().size() == request.properties().size()) {
                throw e;
            }
            CaptureEvent assembled = assembler.assemble(event, writable);
            log.failed("captured an event without the properties of the request, which can't be written as JSON", e);
            return assembled;
        }
    }

    private PreprocessingResult hooked(CaptureEvent event, Nesting nesting) {
        CaptureEvent current = event;
        for (BeforeSend hook : hooks.beforeSend()) {
            try {
                current = hook.apply(current);
            } catch (Throwable e) {
                // Not only what it declares: Kotlin declares nothing. What the hook was to take out would be sent otherwise
                String detail = hook.getClass().getName() + " failed: " + e;
                log.drops().hookFailed(event.event(), detail, e);
                return new Declined(event, DropReason.BEFORE_SEND_FAILED, detail);
            }
            if (current == null) {
                return new Declined(event, DropReason.BEFORE_SEND, null);
            }
        }
        if (current.properties().isEmpty()) {
            CaptureLogger.LOG.warnf(
                    "PostHog account '%s': a BeforeSend removed all properties of event '%s', including the properties of the extension",
                    account, current.event());
        }
        try {
            return queued(assembler.checked(current), nesting);
        } catch (IllegalArgumentException e) {
            return new Declined(event, DropReason.INVALID, "after BeforeSend: " + e.getMessage());
        }
    }

    private QueuedEvent queued(CaptureEvent event, Nesting nesting) {
        if (DistinctIds.isIllegal(event.distinctId())) {
            log.illegalId(event);
        }
        return new QueuedEvent(event, PropertyNormalizer.size(event), QueuedEvent.NOT_SPOOLED, nesting.inListener());
    }
}
