package io.quarkiverse.posthog.runtime.errors;

import java.util.List;
import java.util.logging.Level;

import io.quarkiverse.posthog.runtime.config.ExceptionsConfig.ExceptionLogConfig;
import io.quarkiverse.posthog.runtime.errors.ExceptionReport.LogOrigin;

/** Selects the log records that an account captures. */
final class LogFilter {

    private final int level;
    private final boolean messages;
    private final boolean all;
    private final List<String> categories;
    private final List<String> excluded;

    LogFilter(ExceptionLogConfig config) {
        this.level = config.level().intValue();
        this.messages = config.messages();
        this.all = config.categories().isEmpty();
        this.categories = config.categories().orElse(List.of());
        this.excluded = config.excludedCategories().orElse(List.of());
    }

    boolean admits(LogOrigin log) {
        return log.level() >= level && level != Level.OFF.intValue() && (messages || !log.message())
                && (all || InAppClassifier.isBelowAny(categories, log.category()))
                && !InAppClassifier.isBelowAny(excluded, log.category());
    }
}
