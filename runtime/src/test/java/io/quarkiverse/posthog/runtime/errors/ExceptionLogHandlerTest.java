package io.quarkiverse.posthog.runtime.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.LogRecord;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

/** Exceptions that are logged. */
class ExceptionLogHandlerTest {

    private final TestErrors test = TestErrors.of("exceptions.log.enabled", "true", "exceptions.log.level", "DEBUG");

    @ParameterizedTest
    @CsvSource({ "FATAL, fatal", "ERROR, error", "SEVERE, error", "WARN, warning", "WARNING, warning", "INFO, info",
            "CONFIG, debug", "DEBUG, debug" })
    @Tag("EEM-6")
    @Tag("EEM-7")
    void theLevelIsThatOfTheLogAndTheExceptionIsHandled(String level, String expected) {
        JsonNode event = logged(test, record(level, "org.acme.Orders", "failed", new Exception("boom"))).get(0);

        assertThat(event.at("/properties/$exception_level").asText()).isEqualTo(expected);
        assertThat(event.at("/properties/$exception_source").asText()).isEqualTo("quarkus.log_handler");
        assertThat(TestErrors.list(event).get(0).path("mechanism")).isEqualTo(test.json("""
                {"type": "logger", "handled": true, "synthetic": false, "exception_id": 0}"""));
    }

    @Test
    @Tag("EXC-9")
    void anEventSaysWhereItWasLogged() {
        ExtLogRecord record = record("ERROR", "org.acme.Orders", "Order %s failed", new Exception("boom"));
        record.setParameters(new Object[] { 42 });
        record.setThreadName("worker-7");

        JsonNode event = logged(test, record).get(0);

        assertThat(event.at("/properties/$exception_message").asText()).isEqualTo("boom");
        assertThat(event.at("/properties/logger_name").asText()).isEqualTo("org.acme.Orders");
        assertThat(event.at("/properties/thread_name").asText()).isEqualTo("worker-7");
        assertThat(event.at("/properties/log_message").asText()).isEqualTo("Order 42 failed");
    }

    @Test
    @Tag("EXC-8")
    void aMessageThatCantBeFormattedIsCapturedAsItIs() {
        ExtLogRecord record = record("ERROR", "org.acme.Orders", "Order %s failed", new Exception("boom"));
        record.setParameters(new Object[] { new Object() {
            @Override
            public String toString() {
                throw new StackOverflowError();
            }
        } });

        assertThat(logged(test, record)).singleElement().satisfies(event -> assertThat(
                event.at("/properties/log_message").asText()).isEqualTo("Order %s failed"));
    }

    @Test
    @Tag("EXC-9")
    void theLevelAndTheCategoriesDecideWhatIsCaptured() {
        TestErrors some = TestErrors.of("exceptions.log.enabled", "true", "exceptions.log.level", "WARN",
                "exceptions.log.categories", "org.acme,com.shared.Money", "exceptions.log.excluded-categories",
                "org.acme.noisy");

        List<JsonNode> events = logged(some,
                record("WARN", "org.acme.Orders", "1", new Exception("1")),
                record("INFO", "org.acme.Orders", "2", new Exception("2")),
                record("ERROR", "org.acmeother.Orders", "3", new Exception("3")),
                record("ERROR", "com.shared.Money", "4", new Exception("4")),
                record("ERROR", "org.acme.noisy.Poller", "5", new Exception("5")),
                record("ERROR", "io.quarkus", "6", new Exception("6")));

        assertThat(events).extracting(event -> event.at("/properties/log_message").asText()).containsExactly("1", "4");
    }

    @Test
    @Tag("EXC-9")
    void messagesWithoutAnExceptionAreCapturedIfWanted() {
        TestErrors messages = TestErrors.of("exceptions.log.enabled", "true", "exceptions.log.messages", "true");
        ExtLogRecord record = record("ERROR", "org.acme.Orders", "No answer", null);
        record.setSourceClassName("io.quarkiverse.posthog.runtime.errors.Thrower");
        record.setSourceMethodName("place");
        record.setSourceFileName("Thrower.java");
        record.setSourceLineNumber(42);

        assertThat(logged(test, record)).isEmpty();
        JsonNode event = logged(messages, record).get(0);

        assertThat(event.at("/properties/$exception_type").asText()).isEqualTo("org.acme.Orders");
        assertThat(event.at("/properties/$exception_message").asText()).isEqualTo("No answer");
        assertThat(event.at("/properties/$exception_list")).isEqualTo(test.json("""
                [{"type": "org.acme.Orders", "value": "No answer",
                  "mechanism": {"type": "logger", "handled": true, "synthetic": true, "exception_id": 0},
                  "stacktrace": {"type": "raw", "frames": [{"platform": "java", "function": "place", "lineno": 42,
                    "module": "io.quarkiverse.posthog.runtime.errors.Thrower", "filename": "Thrower.java",
                    "in_app": true}]}}]"""));
    }

    @Test
    @Tag("EEM-9")
    void aStackThatWasMadeUpIsSynthetic() {
        TestErrors messages = TestErrors.of("exceptions.log.enabled", "true", "exceptions.log.messages", "true");

        JsonNode event = logged(messages, record("ERROR", null, null, null)).get(0);

        assertThat(TestErrors.list(event).get(0).at("/mechanism/synthetic").asBoolean()).isTrue();
        assertThat(event.at("/properties/$exception_type").asText()).isEqualTo("log");
    }

    @Test
    @Tag("EXC-8")
    void whatTheExtensionLogsItselfIsNotCaptured() {
        assertThat(logged(test, record("ERROR", "io.quarkiverse.posthog.capture", "failed", new Exception("boom")),
                record("ERROR", "io.quarkiverse.posthog.runtime.accounts.AccountRegistry", "failed", new Exception("boom"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "org.jboss.executor.uncaught, quarkus.executor", "org.jboss.threads.errors, quarkus.executor",
            "io.quarkus.mutiny.runtime.MutinyInfrastructure, mutiny.dropped_exception" })
    @Tag("EEM-6")
    void whatQuarkusLogsBecauseNobodyCaughtItIsUncaught(String category, String source) {
        TestErrors uncaught = TestErrors.of("exceptions.autocapture.uncaught", "true");

        JsonNode event = logged(uncaught, record("ERROR", category, "uncaught", new Exception("boom"))).get(0);

        assertThat(event.at("/properties/$exception_source").asText()).isEqualTo(source);
        assertThat(TestErrors.list(event).get(0).path("mechanism")).isEqualTo(test.json("""
                {"type": "onuncaughtexception", "handled": false, "synthetic": false, "exception_id": 0}"""));
    }

    @Test
    @Tag("EXC-4")
    void whatArrivesAtABetterPlaceAsWellIsLeftToIt() {
        ExtLogRecord failedJob = record("ERROR", "io.quarkus.scheduler.common.runtime.StatusEmitterInvoker", "failed",
                new Exception("boom"));

        assertThat(
                logged(TestErrors.of("exceptions.log.enabled", "true", "exceptions.autocapture.scheduler", "true"), failedJob))
                .isEmpty();
        assertThat(logged(test, failedJob)).hasSize(1);
    }

    @Test
    void beforeTheApplicationHasStartedAndAfterItHasEndedNothingIsCaptured() {
        ExceptionLogHandler handler = new ExceptionLogHandler(Level.ERROR, false);
        handler.publish(record("ERROR", "org.acme.Orders", "early", new Exception("boom")));
        handler.begin(test.reporter(ExceptionSource.LOG));
        handler.flush();
        handler.close();
        handler.publish(record("ERROR", "org.acme.Orders", "late", new Exception("boom")));

        assertThat(test.capture.sent()).isEmpty();
    }

    private static List<JsonNode> logged(TestErrors test, LogRecord... records) {
        ExceptionLogHandler handler = new ExceptionLogHandler(Level.DEBUG, true);
        handler.begin(test.reporter(ExceptionSource.LOG, ExceptionSource.UNCAUGHT, ExceptionSource.SCHEDULER));
        for (LogRecord record : records) {
            handler.publish(record);
        }
        return test.capture.sent();
    }

    private static ExtLogRecord record(String level, String category, String message, Throwable thrown) {
        ExtLogRecord record = new ExtLogRecord(level(level), message, ExtLogRecord.FormatStyle.PRINTF,
                ExceptionLogHandlerTest.class.getName());
        record.setLoggerName(category);
        record.setThrown(thrown);
        return record;
    }

    private static java.util.logging.Level level(String name) {
        return switch (name) {
            case "FATAL" -> Level.FATAL;
            case "ERROR" -> Level.ERROR;
            case "WARN" -> Level.WARN;
            case "DEBUG" -> Level.DEBUG;
            default -> java.util.logging.Level.parse(name);
        };
    }
}
