package io.quarkiverse.posthog.runtime.errors;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.runtime.capture.CapturePipeline;
import io.quarkiverse.posthog.runtime.capture.CaptureRequest;
import io.quarkiverse.posthog.runtime.config.ExceptionsConfig;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.context.RequestData;
import io.quarkiverse.posthog.runtime.errors.ExceptionReport.LogOrigin;
import io.quarkiverse.posthog.runtime.support.SecretMask;

/** Captures the exceptions of an account: manually captured exceptions, and exceptions that a source reports. */
public final class ErrorTracking {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.exceptions");

    private final String account;
    private final ExceptionsConfig config;
    private final CapturePipeline pipeline;
    private final ExceptionEventBuilder events;
    private final LogFilter logged;
    private final ExceptionRateLimiter limit;
    private final ThrowableDeduplicator<Boolean> captured;

    /**
     * Creates the error tracking of an account.
     *
     * @param classes the classes of the application
     */
    public ErrorTracking(ResolvedAccountConfig account, CapturePipeline pipeline, Set<String> classes) {
        this(account, pipeline, classes, System::nanoTime);
    }

    ErrorTracking(ResolvedAccountConfig account, CapturePipeline pipeline, Set<String> classes, LongSupplier nanoTime) {
        this.account = account.name();
        this.config = account.config().exceptions();
        this.pipeline = pipeline;
        this.events = new ExceptionEventBuilder(InAppClassifier.of(classes, config), new SecretMask(account.secrets()),
                account.config().capture().maxEventSize().asLongValue());
        this.logged = new LogFilter(config.log());
        this.limit = new ExceptionRateLimiter(this.account, config.rateLimit(), nanoTime);
        this.captured = new ThrowableDeduplicator<>(nanoTime);
    }

    /** Captures an exception manually, regardless of the configured sources. Never fails. */
    public Optional<UUID> capture(ExceptionEvent event) {
        if (event == null || event.exception() == null) {
            pipeline.decline(event == null ? CaptureEvent.of(ExceptionEvent.EVENT_NAME) : event.event(), DropReason.INVALID,
                    "the exception is null");
            return Optional.empty();
        }
        try {
            captured.findOrAdd(event.exception(), true);
            return pipeline.capture(CaptureRequest
                    .of(events.of(event, ExceptionMetadata.of(event).or(ExceptionSource.MANUAL.metadata())))
                    .withRequest(ErrorTracking::open));
        } catch (Throwable e) {
            return failed(event, e);
        }
    }

    /**
     * Captures an exception that a source reports, unless the account disables the source or has captured it before. Never
     * fails.
     */
    void reported(ExceptionReport report) {
        ExceptionEvent event = report.event();
        try {
            if (!wants(report) || captured.findOrAdd(event.exception(), true) != null
                    || !limit.admits(event.exception())) {
                return;
            }
            ExceptionMetadata metadata = ExceptionMetadata.of(event).or(report.source().metadata());
            pipeline.capture(CaptureRequest.of(events.of(report.log() == null ? event : events.logged(event), metadata))
                    .withRequest(open(report.request())));
        } catch (Throwable e) {
            failed(event, e);
        }
    }

    /** Removes the properties of a request that are reserved for exceptions. */
    private static RequestData open(RequestData request) {
        return request.withoutProperties(ExceptionEventBuilder::isReserved);
    }

    private boolean wants(ExceptionReport report) {
        return report.source().isWanted(config)
                && (report.status() == null || report.status() >= config.minStatus())
                && (report.log() == null || wants(report.log()));
    }

    private boolean wants(LogOrigin log) {
        return logged.admits(log) && (log.next() == null || !log.next().isWanted(config));
    }

    private Optional<UUID> failed(ExceptionEvent event, Throwable failure) {
        LOG.errorf(failure, "PostHog account '%s': an exception could not be captured; the application is not affected",
                account);
        pipeline.decline(event.event(), DropReason.ENCODING_FAILED, failure.toString());
        return Optional.empty();
    }

    /** Logs the number of exceptions that the rate limit has dropped. */
    public void close() {
        limit.close();
    }
}
