package io.quarkiverse.posthog.runtime.errors;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.runtime.capture.TestPipeline;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.config.TestAccounts;

/** The exceptions of an account, with PostHog, the clock and the request in the hands of the test. */
final class TestErrors {

    final TestPipeline capture;
    final ErrorTracking errors;
    private final AtomicLong time = new AtomicLong();

    private TestErrors(List<BeforeSend> hooks, String... properties) {
        ResolvedAccountConfig account = TestAccounts.account(
                Stream.concat(Stream.of("project-api-key", "phc_test"), Stream.of(properties)).toArray(String[]::new));
        this.capture = TestPipeline.of(hooks, properties);
        this.errors = new ErrorTracking(account, capture.pipeline, Set.of(TestErrors.class.getPackageName() + ".Thrower"),
                time::get);
    }

    /** @param properties names below {@code quarkus.posthog.}, each followed by its value */
    static TestErrors of(String... properties) {
        return of(List.of(), properties);
    }

    static TestErrors of(List<BeforeSend> hooks, String... properties) {
        return new TestErrors(hooks, properties);
    }

    /** A reporter for this account only. */
    ExceptionReporter reporter(ExceptionSource... sources) {
        return new ExceptionReporter(Set.of(sources), () -> List.of(errors), () -> capture.inRequest, time::get);
    }

    void advance(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    /** Captures an exception that the application has caught, and returns the event as PostHog gets it. */
    JsonNode captured(Throwable thrown) {
        return captured(ExceptionEvent.of(thrown));
    }

    JsonNode captured(ExceptionEvent event) {
        errors.capture(event).orElseThrow();
        List<JsonNode> sent = capture.sent();
        return sent.get(sent.size() - 1);
    }

    /** The exceptions of an event. */
    static List<JsonNode> list(JsonNode event) {
        return elements(event.at("/properties/$exception_list"));
    }

    static List<JsonNode> frames(JsonNode exception) {
        return elements(exception.at("/stacktrace/frames"));
    }

    JsonNode json(String text) {
        try {
            return TestAccounts.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    byte[] json(JsonNode event) throws JsonProcessingException {
        return TestAccounts.mapper().writeValueAsBytes(event);
    }

    private static List<JsonNode> elements(JsonNode array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1).<JsonNode> map(array::get).toList();
    }
}
