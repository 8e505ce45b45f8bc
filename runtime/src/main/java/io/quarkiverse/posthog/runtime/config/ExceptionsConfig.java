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

/** Capturing exceptions. */
@ConfigGroup
public interface ExceptionsConfig {

    /**
     * Whether exceptions are captured without the application doing it: those that leave REST endpoints, reactive
     * routes, scheduled methods and methods that receive messages, and those that nobody catches.
     * {@code PostHog.captureException} works in any case.
     */
    @WithDefault("false")
    boolean enabled();

    /**
     * Whether exceptions that leave REST endpoints are captured, before exception mappers see them.
     */
    @ConfigDocDefault("the value of `exceptions.enabled`")
    Optional<Boolean> rest();

    /**
     * Whether exceptions that leave reactive routes, and other handlers of the HTTP server, are captured.
     */
    @ConfigDocDefault("the value of `exceptions.enabled`")
    Optional<Boolean> routes();

    /**
     * Whether exceptions that leave scheduled methods are captured.
     */
    @ConfigDocDefault("the value of `exceptions.enabled`")
    Optional<Boolean> scheduler();

    /**
     * Whether exceptions that leave methods with `@Incoming` are captured.
     */
    @ConfigDocDefault("the value of `exceptions.enabled`")
    Optional<Boolean> messaging();

    /**
     * Whether exceptions that nobody catches are captured: in threads, in tasks of Quarkus' executor, in Vert.x, and
     * those that Mutiny has to drop.
     */
    @ConfigDocDefault("the value of `exceptions.enabled`")
    Optional<Boolean> uncaught();

    /**
     * The lowest HTTP status of the answers whose exceptions are captured. What is answered with a lower one, such as
     * a missing login or invalid input, is left out.
     */
    @WithDefault("500")
    int minStatus();

    /**
     * Packages, or classes, that count as the application beside its own classes, such as those of its libraries.
     * Each stands for itself and what is below it.
     */
    Optional<List<String>> inAppInclude();

    /**
     * Packages, or classes, that don't count as the application, such as generated ones. They win over
     * {@code in-app-include}.
     */
    Optional<List<String>> inAppExclude();

    /**
     * What is logged.
     */
    ExceptionLogConfig log();

    /**
     * How much is captured without the application doing it.
     */
    ExceptionRateConfig rateLimit();

    /** What is logged. */
    @ConfigGroup
    interface ExceptionLogConfig {

        /**
         * Whether exceptions that are logged are captured, unless they were captured already.
         */
        @WithDefault("false")
        boolean enabled();

        /**
         * The lowest level that is captured. What the log itself leaves out is not captured either.
         */
        @WithDefault("ERROR")
        @WithConverter(LevelConverter.class)
        Level level();

        /**
         * The categories that are captured, with those below them.
         */
        @ConfigDocDefault("all")
        Optional<List<String>> categories();

        /**
         * Categories that are not captured, nor those below them. Those of this extension never are.
         */
        Optional<List<String>> excludedCategories();

        /**
         * Whether messages that are logged without an exception are captured, too.
         */
        @WithDefault("false")
        boolean messages();
    }

    /** How much is captured without the application doing it. What is left out is counted, and logged. */
    @ConfigGroup
    interface ExceptionRateConfig {

        /**
         * The time for which exceptions are counted.
         */
        @WithDefault("1m")
        Duration window();

        /**
         * The most exceptions of the same type from the same place in that time. 0 is no limit.
         */
        @WithDefault("60")
        int perException();

        /**
         * The most exceptions in that time. 0 is no limit.
         */
        @WithDefault("600")
        int total();
    }
}
