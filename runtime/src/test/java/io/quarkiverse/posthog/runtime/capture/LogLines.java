package io.quarkiverse.posthog.runtime.capture;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What is logged during a test, about capturing unless it is told otherwise. */
public final class LogLines extends Handler implements BeforeEachCallback, AfterEachCallback {

    private final Logger log;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Throwable> thrown = new CopyOnWriteArrayList<>();

    public LogLines() {
        this("io.quarkiverse.posthog.capture");
    }

    public LogLines(String category) {
        this.log = Logger.getLogger(category);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        log.addHandler(this);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        log.removeHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= Level.INFO.intValue()) {
            lines.add((record.getLevel().intValue() >= Level.WARNING.intValue() ? "WARN " : "INFO ")
                    + ExtLogRecord.wrap(record).getFormattedMessage());
            if (record.getThrown() != null) {
                thrown.add(record.getThrown());
            }
        }
    }

    /** What was logged, with the level before it. */
    public List<String> lines() {
        return lines;
    }

    /** What was logged with its stack trace. */
    public List<Throwable> thrown() {
        return thrown;
    }

    public List<String> warnings() {
        return lines.stream().filter(line -> line.startsWith("WARN ")).map(line -> line.substring(5)).toList();
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
    }
}
