package io.quarkiverse.posthog.runtime.errors;

import io.quarkiverse.posthog.errors.ExceptionLevel;
import io.quarkiverse.posthog.errors.ExceptionMechanism;
import io.quarkiverse.posthog.runtime.config.ExceptionsConfig;
import io.quarkiverse.posthog.runtime.config.ExceptionsConfig.AutocaptureConfig;

/** The places where exceptions are captured, with the metadata that they set. */
public enum ExceptionSource {

    /** An exception that the application captures. */
    MANUAL(ExceptionLevel.ERROR, "generic", true, null),
    /** An exception of a REST endpoint. Whether an exception mapper handled it is determined at the end of the response. */
    REST(ExceptionLevel.ERROR, "middleware", false, "quarkus.rest_exception_mapper"),
    /** An exception of a route. Whether a failure handler handled it is determined at the end of the response. */
    ROUTES(ExceptionLevel.ERROR, "middleware", false, "quarkus.vertx_failure_handler"),
    /** An exception of a scheduled method. */
    SCHEDULER(ExceptionLevel.ERROR, "task", false, "quarkus.scheduler"),
    /** An exception of a method that receives messages. */
    MESSAGING(ExceptionLevel.ERROR, "task", false, "quarkus.messaging"),
    /** An uncaught exception. The process continues. */
    UNCAUGHT(ExceptionLevel.ERROR, "onuncaughtexception", false, "java.thread_uncaught_exception_handler"),
    /** A logged exception. Its level depends on the log record. */
    LOG(null, "logger", true, "quarkus.log_handler");

    private final ExceptionMetadata metadata;

    ExceptionSource(ExceptionLevel level, String type, boolean handled, String source) {
        // An exception that was thrown is not synthetic
        this.metadata = new ExceptionMetadata(level, new ExceptionMechanism(type, handled, false), source);
    }

    ExceptionMetadata metadata() {
        return metadata;
    }

    /** Returns whether an account with this configuration captures exceptions of this source. */
    public boolean isWanted(ExceptionsConfig config) {
        AutocaptureConfig autocapture = config.autocapture();
        return switch (this) {
            case MANUAL -> true;
            case REST -> autocapture.rest().orElseGet(autocapture::enabled);
            case ROUTES -> autocapture.routes().orElseGet(autocapture::enabled);
            case SCHEDULER -> autocapture.scheduler().orElseGet(autocapture::enabled);
            case MESSAGING -> autocapture.messaging().orElseGet(autocapture::enabled);
            case UNCAUGHT -> autocapture.uncaught().orElseGet(autocapture::enabled);
            case LOG -> config.log().enabled();
        };
    }
}
