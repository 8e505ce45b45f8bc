package io.quarkiverse.posthog.runtime.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkiverse.posthog.runtime.context.RequestData;

/** Exceptions that several sources report, and accounts with different sources. */
class ExceptionReporterTest {

    private static final ExceptionSource[] ALL = ExceptionSource.values();

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.exceptions");

    private final TestErrors test = TestErrors.of("exceptions.autocapture.enabled", "true", "exceptions.log.enabled", "true");
    private final ExceptionReporter reporter = test.reporter(ALL);

    @Test
    @Tag("EXC-4")
    void anExceptionThatArrivesSeveralTimesIsOneEvent() {
        Exception thrown = new Exception("boom");

        report(ExceptionSource.MESSAGING, thrown);
        report(ExceptionSource.LOG, thrown);
        report(ExceptionSource.UNCAUGHT, new RuntimeException("around it", thrown));

        assertThat(sources()).containsExactly("quarkus.messaging");
    }

    @Test
    @Tag("EXC-4")
    void whatWasUnwrappedOnTheWayIsNoOtherException() {
        Exception cause = new Exception("boom");

        report(ExceptionSource.MESSAGING, new RuntimeException("around it", cause));
        report(ExceptionSource.LOG, cause);

        assertThat(sources()).containsExactly("quarkus.messaging");
    }

    @Test
    @Tag("EXC-4")
    void whatTheApplicationHasCapturedAlreadyIsNotCapturedAgain() {
        Exception thrown = new Exception("boom");

        test.errors.capture(ExceptionEvent.of(thrown));
        report(ExceptionSource.SCHEDULER, thrown);

        assertThat(test.capture.sent()).hasSize(1);
    }

    @Test
    void theApplicationMayCaptureAnExceptionAgain() {
        Exception thrown = new Exception("boom");

        report(ExceptionSource.SCHEDULER, thrown);
        test.errors.capture(ExceptionEvent.of(thrown));
        test.errors.capture(ExceptionEvent.of(thrown));

        assertThat(test.capture.sent()).hasSize(3);
    }

    @Test
    @Tag("EXC-4")
    void anotherExceptionIsAnotherEvent() {
        report(ExceptionSource.MESSAGING, new Exception("boom"));
        report(ExceptionSource.MESSAGING, new Exception("boom"));

        assertThat(test.capture.sent()).hasSize(2);
    }

    @Test
    void anExceptionThatIsThrownForeverIsNotOnlyCapturedOnce() {
        Exception constant = new Exception("constant");

        report(ExceptionSource.MESSAGING, constant);
        test.advance(Duration.ofSeconds(9));
        report(ExceptionSource.MESSAGING, constant);
        test.advance(Duration.ofSeconds(2));
        report(ExceptionSource.MESSAGING, constant);

        assertThat(test.capture.sent()).hasSize(2);
    }

    @Test
    @Tag("EXC-5")
    void theLogWaitsForWhatBecomesOfARequest() {
        Exception thrown = new Exception("boom");
        PendingException pending = reporter.defer(ExceptionSource.REST, thrown, null);

        report(ExceptionSource.LOG, thrown);
        assertThat(test.capture.sent()).isEmpty();
        reporter.settle(pending, ExceptionEvent.of(thrown), 500);

        assertThat(sources()).containsExactly("quarkus.rest_exception_mapper");
    }

    @Test
    @Tag("EXC-5")
    void whatIsNoFailureOfTheServerIsCapturedOnlyIfItIsLogged() {
        Exception logged = new Exception("logged");
        PendingException pending = reporter.defer(ExceptionSource.REST, logged, null);
        report(ExceptionSource.LOG, logged);
        reporter.settle(pending, ExceptionEvent.of(logged), 404);

        Exception silent = new Exception("silent");
        reporter.settle(reporter.defer(ExceptionSource.REST, silent, null), ExceptionEvent.of(silent), 499);

        assertThat(sources()).containsExactly("quarkus.log_handler");
    }

    @Test
    void aRequestIsSettledOnce() {
        Exception thrown = new Exception("boom");
        PendingException pending = reporter.defer(ExceptionSource.REST, thrown, null);

        assertThat(reporter.defer(ExceptionSource.ROUTES, new RuntimeException(thrown), null)).isNull();
        reporter.settle(pending, ExceptionEvent.of(thrown), 500);
        reporter.settle(pending, ExceptionEvent.of(new Exception("another")), 500);
        report(ExceptionSource.LOG, thrown);

        assertThat(test.capture.sent()).hasSize(1);
    }

    @Test
    void anAbandonedRequestDoesNotAffectLoggedExceptions() {
        Exception thrown = new Exception("gone");
        PendingException pending = reporter.defer(ExceptionSource.REST, thrown, null);
        report(ExceptionSource.LOG, thrown);

        reporter.settle(pending, null, null);

        assertThat(sources()).containsExactly("quarkus.log_handler");
    }

    @Test
    @Tag("EXC-7")
    void anExceptionIsThatOfTheRequestItHappenedIn() {
        test.capture.inRequest = new RequestData("zoe", "session-1", Map.of(), Map.of("$request_path", "/orders"));
        Exception thrown = new Exception("boom");
        PendingException pending = reporter.defer(ExceptionSource.REST, thrown, null);
        test.capture.inRequest = new RequestData("somebody else", null, Map.of(), Map.of());
        reporter.settle(pending, ExceptionEvent.of(thrown).property("$response_status_code", 500), 500);

        JsonNode event = test.capture.sent().get(0);
        assertThat(event.path("distinct_id").asText()).isEqualTo("zoe");
        assertThat(event.at("/properties/$session_id").asText()).isEqualTo("session-1");
        assertThat(event.at("/properties/$request_path").asText()).isEqualTo("/orders");
        assertThat(event.at("/properties/$response_status_code").asInt()).isEqualTo(500);
    }

    @Test
    @Tag("EXC-7")
    void anExceptionOutsideOfRequestsMakesNoPerson() {
        report(ExceptionSource.SCHEDULER, new Exception("boom"));

        assertThat(test.capture.sent().get(0).at("/properties/$process_person_profile").asBoolean(true)).isFalse();
    }

    @Test
    @Tag("EXC-3")
    void eachAccountGetsWhatItWants() {
        TestErrors jobsOnly = TestErrors.of("exceptions.autocapture.scheduler", "true");
        TestErrors allButJobs = TestErrors.of("exceptions.autocapture.enabled", "true", "exceptions.autocapture.scheduler",
                "false",
                "exceptions.min-status", "404");
        ExceptionReporter both = new ExceptionReporter(Set.of(ALL), () -> List.of(jobsOnly.errors, allButJobs.errors),
                () -> RequestData.NONE);

        both.report(ExceptionSource.SCHEDULER, ExceptionEvent.of(new Exception("job")));
        both.report(ExceptionSource.MESSAGING, ExceptionEvent.of(new Exception("message")));
        Exception notFound = new Exception("not found");
        both.settle(both.defer(ExceptionSource.REST, notFound, null), ExceptionEvent.of(notFound), 404);

        assertThat(messages(jobsOnly)).containsExactly("job");
        assertThat(messages(allButJobs)).containsExactly("message", "not found");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MANUAL")
    @Tag("EXC-3")
    void nothingIsCapturedUnlessItIsSwitchedOn(ExceptionSource source) {
        TestErrors off = TestErrors.of();

        off.reporter(ALL).report(source, ExceptionEvent.of(new Exception("boom")));

        assertThat(off.capture.sent()).isEmpty();
    }

    @Test
    @Tag("EXC-8")
    void whatIsLoggedWhileReportingIsNotReported() {
        TestErrors[] tests = new TestErrors[1];
        ExceptionReporter[] all = new ExceptionReporter[1];
        BeforeSend logging = event -> {
            all[0].report(ExceptionSource.LOG, ExceptionEvent.of(new Exception("logged by a hook")));
            assertThat(all[0].defer(ExceptionSource.REST, new Exception("deferred by a hook"), null)).isNull();
            return event;
        };
        tests[0] = TestErrors.of(List.of(logging), "exceptions.autocapture.enabled", "true", "exceptions.log.enabled", "true");
        all[0] = tests[0].reporter(ALL);

        all[0].report(ExceptionSource.UNCAUGHT, ExceptionEvent.of(new Exception("boom")));

        assertThat(messages(tests[0])).containsExactly("boom");
    }

    @Test
    @Tag("EXC-8")
    void whateverFailsWhileReportingGoesNoFurther() {
        ExceptionReporter failing = new ExceptionReporter(Set.of(ALL), () -> List.of(test.errors), () -> {
            throw new StackOverflowError();
        });

        assertThatCode(() -> {
            failing.report(ExceptionSource.UNCAUGHT, ExceptionEvent.of(new Exception("boom")));
            assertThat(failing.defer(ExceptionSource.REST, new Exception("boom"), null)).isNull();
        }).doesNotThrowAnyException();

        assertThat(log.warnings()).hasSize(2).allSatisfy(line -> assertThat(line).contains("could not be captured"));
    }

    @Test
    void afterTheEndNothingIsCaptured() {
        PendingException pending = reporter.defer(ExceptionSource.REST, new Exception("boom"), null);
        reporter.close();

        report(ExceptionSource.LOG, new Exception("late"));
        reporter.settle(pending, ExceptionEvent.of(pending.thrown()), 500);

        assertThat(reporter.isWanted(ExceptionSource.LOG)).isFalse();
        assertThat(reporter.defer(ExceptionSource.REST, new Exception("late"), null)).isNull();
        assertThat(test.capture.sent()).isEmpty();
    }

    private void report(ExceptionSource source, Throwable thrown) {
        reporter.report(source, ExceptionEvent.of(thrown));
    }

    private List<String> sources() {
        return test.capture.sent().stream().map(event -> event.at("/properties/$exception_source").asText()).toList();
    }

    private static List<String> messages(TestErrors test) {
        return test.capture.sent().stream().map(event -> event.at("/properties/$exception_message").asText()).toList();
    }
}
