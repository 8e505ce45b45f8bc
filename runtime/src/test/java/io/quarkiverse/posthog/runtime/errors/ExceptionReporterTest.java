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

/** Exceptions that arrive at several boundaries, and at accounts that want different ones. */
class ExceptionReporterTest {

    private static final ExceptionSource[] ALL = ExceptionSource.values();

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.exceptions");

    private final TestErrors test = TestErrors.of("exceptions.enabled", "true", "exceptions.log.enabled", "true");
    private final ExceptionReporter boundaries = test.boundaries(ALL);

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
        PendingException claim = boundaries.claim(ExceptionSource.REST, thrown, null);

        report(ExceptionSource.LOG, thrown);
        assertThat(test.capture.sent()).isEmpty();
        boundaries.settle(claim, ExceptionEvent.of(thrown), 500);

        assertThat(sources()).containsExactly("quarkus.rest_exception_mapper");
    }

    @Test
    @Tag("EXC-5")
    void whatIsNoFailureOfTheServerIsCapturedOnlyIfItIsLogged() {
        Exception logged = new Exception("logged");
        PendingException claim = boundaries.claim(ExceptionSource.REST, logged, null);
        report(ExceptionSource.LOG, logged);
        boundaries.settle(claim, ExceptionEvent.of(logged), 404);

        Exception silent = new Exception("silent");
        boundaries.settle(boundaries.claim(ExceptionSource.REST, silent, null), ExceptionEvent.of(silent), 499);

        assertThat(sources()).containsExactly("quarkus.log_handler");
    }

    @Test
    void aRequestIsSettledOnce() {
        Exception thrown = new Exception("boom");
        PendingException claim = boundaries.claim(ExceptionSource.REST, thrown, null);

        assertThat(boundaries.claim(ExceptionSource.ROUTES, new RuntimeException(thrown), null)).isNull();
        boundaries.settle(claim, ExceptionEvent.of(thrown), 500);
        boundaries.settle(claim, ExceptionEvent.of(new Exception("another")), 500);
        report(ExceptionSource.LOG, thrown);

        assertThat(test.capture.sent()).hasSize(1);
    }

    @Test
    void whatNobodyWaitedForLeavesWhatIsLogged() {
        Exception thrown = new Exception("gone");
        PendingException claim = boundaries.claim(ExceptionSource.REST, thrown, null);
        report(ExceptionSource.LOG, thrown);

        boundaries.settle(claim, null, null);

        assertThat(sources()).containsExactly("quarkus.log_handler");
    }

    @Test
    @Tag("EXC-7")
    void anExceptionIsThatOfTheRequestItHappenedIn() {
        test.capture.inRequest = new RequestData("zoe", "session-1", Map.of(), Map.of("$request_path", "/orders"));
        Exception thrown = new Exception("boom");
        PendingException claim = boundaries.claim(ExceptionSource.REST, thrown, null);
        test.capture.inRequest = new RequestData("somebody else", null, Map.of(), Map.of());
        boundaries.settle(claim, ExceptionEvent.of(thrown).property("$response_status_code", 500), 500);

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
        TestErrors jobsOnly = TestErrors.of("exceptions.scheduler", "true");
        TestErrors allButJobs = TestErrors.of("exceptions.enabled", "true", "exceptions.scheduler", "false",
                "exceptions.min-status", "404");
        ExceptionReporter both = new ExceptionReporter(Set.of(ALL), () -> List.of(jobsOnly.errors, allButJobs.errors),
                () -> RequestData.NONE);

        both.report(ExceptionSource.SCHEDULER, ExceptionEvent.of(new Exception("job")));
        both.report(ExceptionSource.MESSAGING, ExceptionEvent.of(new Exception("message")));
        Exception notFound = new Exception("not found");
        both.settle(both.claim(ExceptionSource.REST, notFound, null), ExceptionEvent.of(notFound), 404);

        assertThat(messages(jobsOnly)).containsExactly("job");
        assertThat(messages(allButJobs)).containsExactly("message", "not found");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MANUAL")
    @Tag("EXC-3")
    void nothingIsCapturedUnlessItIsSwitchedOn(ExceptionSource boundary) {
        TestErrors off = TestErrors.of();

        off.boundaries(ALL).report(boundary, ExceptionEvent.of(new Exception("boom")));

        assertThat(off.capture.sent()).isEmpty();
    }

    @Test
    @Tag("EXC-8")
    void whatIsLoggedWhileReportingIsNotReported() {
        TestErrors[] tests = new TestErrors[1];
        ExceptionReporter[] all = new ExceptionReporter[1];
        BeforeSend logging = event -> {
            all[0].report(ExceptionSource.LOG, ExceptionEvent.of(new Exception("logged by a hook")));
            assertThat(all[0].claim(ExceptionSource.REST, new Exception("claimed by a hook"), null)).isNull();
            return event;
        };
        tests[0] = TestErrors.of(List.of(logging), "exceptions.enabled", "true", "exceptions.log.enabled", "true");
        all[0] = tests[0].boundaries(ALL);

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
            assertThat(failing.claim(ExceptionSource.REST, new Exception("boom"), null)).isNull();
        }).doesNotThrowAnyException();

        assertThat(log.warnings()).hasSize(2).allSatisfy(line -> assertThat(line).contains("could not be captured"));
    }

    @Test
    void afterTheEndNothingIsCaptured() {
        PendingException claim = boundaries.claim(ExceptionSource.REST, new Exception("boom"), null);
        boundaries.close();

        report(ExceptionSource.LOG, new Exception("late"));
        boundaries.settle(claim, ExceptionEvent.of(claim.thrown()), 500);

        assertThat(boundaries.isWanted(ExceptionSource.LOG)).isFalse();
        assertThat(boundaries.claim(ExceptionSource.REST, new Exception("late"), null)).isNull();
        assertThat(test.capture.sent()).isEmpty();
    }

    private void report(ExceptionSource boundary, Throwable thrown) {
        boundaries.report(boundary, ExceptionEvent.of(thrown));
    }

    private List<String> sources() {
        return test.capture.sent().stream().map(event -> event.at("/properties/$exception_source").asText()).toList();
    }

    private static List<String> messages(TestErrors test) {
        return test.capture.sent().stream().map(event -> event.at("/properties/$exception_message").asText()).toList();
    }
}
