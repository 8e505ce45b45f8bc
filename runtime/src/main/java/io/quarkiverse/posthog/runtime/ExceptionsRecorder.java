package io.quarkiverse.posthog.runtime;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;

import io.quarkiverse.posthog.runtime.accounts.AccountRegistry;
import io.quarkiverse.posthog.runtime.config.AccountConfig;
import io.quarkiverse.posthog.runtime.config.ExceptionsConfig;
import io.quarkiverse.posthog.runtime.config.PostHogRuntimeConfig;
import io.quarkiverse.posthog.runtime.errors.DelegatingUncaughtExceptionHandler;
import io.quarkiverse.posthog.runtime.errors.ExceptionLogHandler;
import io.quarkiverse.posthog.runtime.errors.ExceptionReporter;
import io.quarkiverse.posthog.runtime.errors.ExceptionSource;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.arc.runtime.BeanContainer;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.annotations.Recorder;
import io.vertx.core.Vertx;

/** Creates the sources of automatically captured exceptions that any account enables. */
@Recorder
public class ExceptionsRecorder {

    private final RuntimeValue<PostHogRuntimeConfig> config;

    public ExceptionsRecorder(RuntimeValue<PostHogRuntimeConfig> config) {
        this.config = config;
    }

    public Function<SyntheticCreationalContext<ExceptionReporter>, ExceptionReporter> reporter() {
        return new Function<>() {
            @Override
            public ExceptionReporter apply(SyntheticCreationalContext<ExceptionReporter> context) {
                AccountRegistry accounts = context.getInjectedReference(AccountRegistry.class);
                return new ExceptionReporter(ExceptionReporter.enabledSources(config.getValue()), accounts,
                        accounts.request());
            }
        };
    }

    /** The log handler; empty if no account captures logged or uncaught exceptions. */
    public RuntimeValue<Optional<Handler>> logHandler() {
        Set<ExceptionSource> sources = ExceptionReporter.enabledSources(config.getValue());
        if (!sources.contains(ExceptionSource.LOG) && !sources.contains(ExceptionSource.UNCAUGHT)) {
            return new RuntimeValue<>(Optional.empty());
        }
        // Quarkus logs uncaught exceptions as errors
        Level level = Level.SEVERE;
        boolean messages = false;
        for (AccountConfig account : config.getValue().accounts().values()) {
            ExceptionsConfig.ExceptionLogConfig log = account.exceptions().log();
            if (log.enabled()) {
                level = log.level().intValue() < level.intValue() ? log.level() : level;
                messages |= log.messages();
            }
        }
        return new RuntimeValue<>(Optional.of(new ExceptionLogHandler(level, messages)));
    }

    /** Starts capturing when the application has started. */
    public void begin(RuntimeValue<Optional<Handler>> logHandler, BeanContainer beans, Supplier<Vertx> vertx,
            ShutdownContext shutdown) {
        Set<ExceptionSource> sources = ExceptionReporter.enabledSources(config.getValue());
        if (sources.isEmpty()) {
            return;
        }
        ExceptionReporter reporter = beans.beanInstance(ExceptionReporter.class);
        logHandler.getValue().ifPresent(handler -> ((ExceptionLogHandler) handler).begin(reporter));
        Runnable restore = sources.contains(ExceptionSource.UNCAUGHT)
                ? DelegatingUncaughtExceptionHandler.watch(reporter, vertx.get())
                : null;
        shutdown.addShutdownTask(new Runnable() {
            @Override
            public void run() {
                if (restore != null) {
                    restore.run();
                }
                logHandler.getValue().ifPresent(Handler::close);
                reporter.close();
            }
        });
    }
}
