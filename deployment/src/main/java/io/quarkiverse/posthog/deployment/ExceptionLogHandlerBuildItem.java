package io.quarkiverse.posthog.deployment;

import java.util.Optional;
import java.util.logging.Handler;

import io.quarkus.builder.item.SimpleBuildItem;
import io.quarkus.runtime.RuntimeValue;

/** Contains the log handler that captures exceptions, if it is enabled. */
final class ExceptionLogHandlerBuildItem extends SimpleBuildItem {

    private final RuntimeValue<Optional<Handler>> handler;

    ExceptionLogHandlerBuildItem(RuntimeValue<Optional<Handler>> handler) {
        this.handler = handler;
    }

    RuntimeValue<Optional<Handler>> handler() {
        return handler;
    }
}
