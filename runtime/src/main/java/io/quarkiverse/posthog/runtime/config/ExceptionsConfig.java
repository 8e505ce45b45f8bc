package io.quarkiverse.posthog.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.logging.LevelConverter;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** Capturing of exceptions. */
@ConfigGroup
public interface ExceptionsConfig {

    /**
     * Exception autocapture: capturing exceptions without code in the application.
     */
    AutocaptureConfig autocapture();

    /**
     * The minimum HTTP response status for which exceptions are captured. Exceptions that result in a lower status,
     * such as 400 or 401, are ignored.
     */
    @WithDefault("500")
    int minStatus();

    /**
     * Packages or classes whose frames are marked as in-app, in addition to the application's own classes, such as
     * packages of your libraries. Each entry includes everything below it.
     */
    Optional<List<String>> inAppInclude();

    /**
     * Packages or classes whose frames are not marked as in-app, such as generated classes. They take precedence over
     * {@code in-app-include}.
     */
    Optional<List<String>> inAppExclude();

    /**
     * Capturing of logged exceptions.
     */
    ExceptionLogConfig log();

    /**
     * The rate limit of automatically captured exceptions.
     */
    ExceptionRateConfig rateLimit();

    /** Exception autocapture: capturing exceptions without code in the application. */
    @ConfigGroup
    interface AutocaptureConfig {

        /**
         * Whether to capture exceptions automatically: exceptions of REST endpoints, reactive routes, scheduled methods and
         * message consumers, and uncaught exceptions. {@code PostHog.captureException} does not depend on this setting.
         * Corresponds to {@code enableExceptionAutocapture} in PostHog's Node.js SDK.
         */
        @WithDefault("false")
        boolean enabled();

        /**
         * Whether to capture exceptions of REST endpoints, before exception mappers handle them.
         */
        @ConfigDocDefault("the value of `exceptions.autocapture.enabled`")
        Optional<Boolean> rest();

        /**
         * Whether to capture exceptions of reactive routes and of other handlers of the HTTP server.
         */
        @ConfigDocDefault("the value of `exceptions.autocapture.enabled`")
        Optional<Boolean> routes();

        /**
         * Whether to capture exceptions of scheduled methods.
         */
        @ConfigDocDefault("the value of `exceptions.autocapture.enabled`")
        Optional<Boolean> scheduler();

        /**
         * Whether to capture exceptions of methods annotated with `@Incoming`.
         */
        @ConfigDocDefault("the value of `exceptions.autocapture.enabled`")
        Optional<Boolean> messaging();

        /**
         * Whether to capture uncaught exceptions: in threads, in tasks of Quarkus' executor, in Vert.x, and exceptions that
         * Mutiny drops.
         */
        @ConfigDocDefault("the value of `exceptions.autocapture.enabled`")
        Optional<Boolean> uncaught();
    }

    /** Capturing of logged exceptions. */
    @ConfigGroup
    interface ExceptionLogConfig {

        /**
         * Whether to capture logged exceptions, unless they were already captured.
         */
        @WithDefault("false")
        boolean enabled();

        /**
         * The minimum level of log records that are captured. Records that the log itself discards are not captured.
         */
        @WithDefault("ERROR")
        @WithConverter(LevelConverter.class)
        Level level();

        /**
         * The log categories that are captured, including their subcategories.
         */
        @ConfigDocDefault("all")
        Optional<List<String>> categories();

        /**
         * The log categories that are not captured, including their subcategories. The categories of this extension are
         * always excluded.
         */
        Optional<List<String>> excludedCategories();

        /**
         * Whether to also capture log messages without an exception.
         */
        @WithDefault("false")
        boolean messages();
    }

    /**
     * The rate limit of automatically captured exceptions. Exceptions over the limit are counted and logged.
     */
    @ConfigGroup
    interface ExceptionRateConfig {

        /**
         * The time window of the rate limit.
         */
        @WithDefault("1m")
        Duration window();

        /**
         * The maximum number of exceptions of the same type and location per time window. 0 disables the limit.
         */
        @WithDefault("60")
        int perException();

        /**
         * The maximum number of exceptions per time window. 0 disables the limit.
         */
        @WithDefault("600")
        int total();
    }
}
