package io.quarkiverse.posthog.runtime.errors;

import io.quarkiverse.posthog.errors.ExceptionLevel;
import io.quarkiverse.posthog.errors.ExceptionMechanism;
import io.quarkiverse.posthog.runtime.config.ExceptionsConfig;

/** The places where exceptions are captured, with the metadata that they set. */
public enum ExceptionSource {

    /** The application has caught it. */
    MANUAL(ExceptionLevel.ERROR, "generic", true, null),
    /** It left an endpoint; whether an exception mapper made an answer of it is known later. */
    REST(ExceptionLevel.ERROR, "middleware", false, "quarkus.rest_exception_mapper"),
    /** It left a route; whether a failure handler made an answer of it is known later. */
    ROUTES(ExceptionLevel.ERROR, "middleware", false, "quarkus.vertx_failure_handler"),
    /** It left a scheduled method. */
    SCHEDULER(ExceptionLevel.ERROR, "task", false, "quarkus.scheduler"),
    /** It left a method that receives messages. */
    MESSAGING(ExceptionLevel.ERROR, "task", false, "quarkus.messaging"),
    /** Nobody caught it; the process goes on. */
    UNCAUGHT(ExceptionLevel.ERROR, "onuncaughtexception", false, "java.thread_uncaught_exception_handler"),
    /** It was logged, at a level that is known then. */
    LOG(null, "logger", true, "quarkus.log_handler");

    private final ExceptionMetadata metadata;

    ExceptionSource(ExceptionLevel level, String type, boolean handled, String source) {
        // What was thrown is no invention
        this.metadata = new ExceptionMetadata(level, new ExceptionMechanism(type, handled, false), source);
    }

    ExceptionMetadata metadata() {
        return metadata;
    }

    /** Whether an account of this configuration captures what arrives here. */
    public boolean isWanted(ExceptionsConfig config) {
        return switch (this) {
            case MANUAL -> true;
            case REST -> config.rest().orElseGet(config::enabled);
            case ROUTES -> config.routes().orElseGet(config::enabled);
            case SCHEDULER -> config.scheduler().orElseGet(config::enabled);
            case MESSAGING -> config.messaging().orElseGet(config::enabled);
            case UNCAUGHT -> config.uncaught().orElseGet(config::enabled);
            case LOG -> config.log().enabled();
        };
    }
}
