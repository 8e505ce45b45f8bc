package io.quarkiverse.posthog.runtime.errors;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.errors.ExceptionLevel;
import io.quarkiverse.posthog.errors.ExceptionMechanism;
import io.quarkiverse.posthog.runtime.errors.ExceptionReport.LogOrigin;

/**
 * Captures logged exceptions, and uncaught exceptions that are only logged.
 * <p>
 * Logging is initialized before the application. Nothing is captured until {@link #begin} is called.
 */
public final class ExceptionLogHandler extends Handler {

    /** The categories of the extension. Capturing their exceptions could cause endless reports. */
    private static final List<String> OWN = List.of("io.quarkiverse.posthog");

    /** The categories in which Quarkus logs uncaught exceptions, and PostHog's names of the hooks. */
    private static final Map<String, String> UNCAUGHT = Map.of(
            "org.jboss.executor.uncaught", "quarkus.executor",
            "org.jboss.threads.errors", "quarkus.executor",
            "io.quarkus.mutiny.runtime.MutinyInfrastructure", "mutiny.dropped_exception");

    /** The categories in which Quarkus logs an exception that another source also reports. */
    private static final Map<String, ExceptionSource> EARLY = Map.of(
            "io.quarkus.scheduler.common.runtime.StatusEmitterInvoker", ExceptionSource.SCHEDULER);

    private static final ExtFormatter MESSAGE = new PatternFormatter("%s");

    private final boolean messages;
    private volatile ExceptionReporter reporter;

    /**
     * Creates a handler.
     *
     * @param level the minimum level of captured records
     * @param messages whether messages without an exception are captured
     */
    public ExceptionLogHandler(Level level, boolean messages) {
        this.messages = messages;
        setLevel(level);
    }

    /** Starts to report exceptions. Called when the application has started. */
    public void begin(ExceptionReporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public void publish(LogRecord record) {
        ExceptionReporter to = reporter;
        if (to == null || !isLoggable(record) || record.getThrown() == null && !messages) {
            return;
        }
        String category = record.getLoggerName() == null ? "" : record.getLoggerName();
        if (InAppClassifier.isBelowAny(OWN, category)) {
            return;
        }
        String hook = UNCAUGHT.get(category);
        if (hook != null && record.getThrown() != null) {
            to.report(ExceptionSource.UNCAUGHT, ExceptionEvent.of(record.getThrown()).source(hook)
                    .property("thread_name", ExtLogRecord.wrap(record).getThreadName()));
        }
        if (to.isWanted(ExceptionSource.LOG)) {
            to.report(ExceptionSource.LOG, event(ExtLogRecord.wrap(record), category), new LogOrigin(category,
                    record.getLevel().intValue(), record.getThrown() == null, EARLY.get(category)));
        }
    }

    private static ExceptionEvent event(ExtLogRecord record, String category) {
        String message = message(record);
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("logger_name", category);
        properties.put("thread_name", record.getThreadName());
        if (message != null) {
            properties.put(ExceptionEventBuilder.LOG_MESSAGE, message);
        }
        ExceptionEvent event = record.getThrown() != null ? ExceptionEvent.of(record.getThrown())
                : ExceptionEvent.of(new SyntheticLogException(category, message, place(record)))
                        .mechanism(new ExceptionMechanism(null, null, true));
        return event.level(level(record.getLevel())).properties(properties);
    }

    /** Returns the formatted message. Formatting can fail because of its parameters. */
    private static String message(ExtLogRecord record) {
        try {
            return MESSAGE.formatMessage(record);
        } catch (Throwable e) {
            return record.getMessage();
        }
    }

    private static StackTraceElement place(ExtLogRecord record) {
        String method = record.getSourceMethodName();
        String type = record.getSourceClassName();
        return new StackTraceElement(type == null ? "unknown" : type, method == null ? "unknown" : method,
                record.getSourceFileName(), record.getSourceLineNumber());
    }

    static ExceptionLevel level(Level level) {
        int value = level.intValue();
        if (value > Level.SEVERE.intValue()) {
            return ExceptionLevel.FATAL;
        }
        if (value > Level.WARNING.intValue()) {
            return ExceptionLevel.ERROR;
        }
        if (value > Level.INFO.intValue()) {
            return ExceptionLevel.WARNING;
        }
        return value > Level.CONFIG.intValue() ? ExceptionLevel.INFO : ExceptionLevel.DEBUG;
    }

    @Override
    public void flush() {
        // Records are not buffered
    }

    @Override
    public void close() {
        reporter = null;
    }
}
