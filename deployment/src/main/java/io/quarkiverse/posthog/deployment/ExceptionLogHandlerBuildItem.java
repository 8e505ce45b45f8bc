package io.quarkiverse.posthog.deployment;

import java.util.Optional;
import java.util.logging.Handler;

import io.quarkus.builder.item.SimpleBuildItem;
import io.quarkus.runtime.RuntimeValue;

/** The handler of the log that captures exceptions, if there is to be one. */
final class ExceptionLogHandlerBuildItem extends SimpleBuildItem {

    private final RuntimeValue<Optional<Handler>> handler;

    ExceptionLogHandlerBuildItem(RuntimeValue<Optional<Handler>> handler) {
        this.handler = handler;
    }

    RuntimeValue<Optional<Handler>> handler() {
        return handler;
    }
}
