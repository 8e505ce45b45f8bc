package io.quarkiverse.posthog.runtime.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkiverse.posthog.runtime.context.RequestData;

/** Exceptions that the application captures. */
class CaptureExceptionTest {

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.capture");

    private final TestErrors test = TestErrors.of();

    @Test
    @Tag("CEX-1")
    void anExceptionIsAnEventWithTypeMessageAndStack() {
        UUID uuid = test.errors.capture(ExceptionEvent.of(Thrower.thrown("boom"))).orElseThrow();

        JsonNode event = test.capture.sent().get(0);
        assertThat(event.path("event").asText()).isEqualTo("$exception");
        assertThat(event.path("uuid").asText()).isEqualTo(uuid.toString());
        assertThat(event.at("/properties/$exception_type").asText()).isEqualTo("IllegalStateException");
        assertThat(event.at("/properties/$exception_message").asText()).isEqualTo("boom");
        assertThat(TestErrors.list(event)).singleElement().satisfies(exception -> {
            assertThat(exception.path("type").asText()).isEqualTo("IllegalStateException");
            assertThat(exception.path("module").asText()).isEqualTo("java.lang");
            assertThat(exception.path("value").asText()).isEqualTo("boom");
            assertThat(TestErrors.frames(exception)).isNotEmpty();
        });
    }

    @Test
    @Tag("CEX-1")
    @Tag("CEX-2")
    void whatTheCallerSaysIsInTheEvent() {
        JsonNode event = test.captured(ExceptionEvent.of(new IllegalStateException("boom")).distinctId("zoe")
                .property("handled", true).properties(Map.of("area", "checkout")).group("company", "acme").sessionId("s-1")
                .timestamp(Instant.parse("2025-01-01T00:00:00Z")).uuid(new UUID(1, 2))
                .withEvent(it -> it.property("attempt", 3)));

        assertThat(event.path("distinct_id").asText()).isEqualTo("zoe");
        assertThat(event.path("timestamp").asText()).isEqualTo("2025-01-01T00:00:00Z");
        assertThat(event.path("uuid").asText()).isEqualTo(new UUID(1, 2).toString());
        assertThat(event.at("/properties/handled").asBoolean()).isTrue();
        assertThat(event.at("/properties/area").asText()).isEqualTo("checkout");
        assertThat(event.at("/properties/attempt").asInt()).isEqualTo(3);
        assertThat(event.at("/properties/$groups")).hasToString("{\"company\":\"acme\"}");
        assertThat(event.at("/properties/$session_id").asText()).isEqualTo("s-1");
    }

    @Test
    @Tag("CEX-3")
    @Tag("EEM-1")
    void anExceptionWithoutAMessageHasAnEmptyOne() {
        JsonNode event = test.captured(new IllegalStateException());

        assertThat(event.at("/properties/$exception_message").asText("?")).isEmpty();
        assertThat(TestErrors.list(event).get(0).path("value").asText("?")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    @Tag("CEX-3")
    void exceptionsOfAnyKindAreCaptured(Throwable odd) {
        JsonNode event = test.captured(odd);

        assertThat(event.at("/properties/$exception_type").asText()).isNotEmpty();
        assertThat(event.at("/properties/$exception_message").isTextual()).isTrue();
        assertThat(TestErrors.list(event)).hasSizeBetween(1, 50).allSatisfy(exception -> {
            assertThat(exception.path("type").asText()).isNotEmpty();
            assertThat(exception.path("value").isTextual()).isTrue();
            assertThat(exception.at("/mechanism/exception_id").isInt()).isTrue();
        });
    }

    static Stream<Throwable> exceptionsOfAnyKindAreCaptured() {
        return Stream.of(new Failing(), new WithoutAnything(), new WithHoles(), new Endless(), new StackOverflowError(),
                new IllegalStateException("\ud800 \u0000 \" \\ " + "\u20ac".repeat(100_000)),
                new IllegalStateException("local") {
                    @Override
                    public String toString() {
                        throw new IllegalArgumentException("toString");
                    }
                });
    }

    @Test
    @Tag("CEX-3")
    void noExceptionAtAllIsDroppedAndLogged() {
        assertThat(test.errors.capture(ExceptionEvent.of(null))).isEmpty();
        assertThat(test.errors.capture(null)).isEmpty();

        assertThat(test.capture.sent()).isEmpty();
        assertThat(test.capture.status().dropped()).containsOnly(entry(DropReason.INVALID, 2L));
        assertThat(log.warnings()).first().asString().contains("the exception is null");
    }

    @Test
    @Tag("CEX-4")
    @Tag("CEX-7")
    void theStackIsThatOfTheExceptionFromItsBeginningToWhereItWasThrown() {
        IllegalStateException thrown = Thrower.thrown("boom");

        List<JsonNode> frames = TestErrors.frames(TestErrors.list(test.captured(thrown)).get(0));

        List<StackTraceElement> reversed = new ArrayList<>(List.of(thrown.getStackTrace()));
        Collections.reverse(reversed);
        assertThat(frames).extracting(frame -> frame.path("module").asText() + "#" + frame.path("function").asText() + ":"
                + frame.path("lineno").asInt(-1))
                .containsExactlyElementsOf(reversed.stream().map(element -> element.getClassName() + "#"
                        + element.getMethodName() + ":" + (element.getLineNumber() > 0 ? element.getLineNumber() : -1))
                        .toList());
        assertThat(frames).extracting(frame -> frame.path("function").asText()).endsWith("thrown", "outer", "inner");
    }

    @Test
    @Tag("CEX-7")
    void anExceptionWithoutAStackGetsNone() {
        JsonNode exception = TestErrors.list(test.captured(new WithoutStack())).get(0);

        assertThat(exception.has("stacktrace")).isFalse();
    }

    @Test
    @Tag("CEX-5")
    void theOneThatWasCaughtComesFirstTheRootCauseLast() {
        Exception root = new IllegalArgumentException("root");
        Exception wrapper = new IllegalStateException("wrapper", new RuntimeException("between", root));
        wrapper.addSuppressed(new RuntimeException("on the way"));

        assertThat(TestErrors.list(test.captured(wrapper))).extracting(exception -> exception.path("value").asText())
                .containsExactly("wrapper", "on the way", "between", "root");
        assertThat(TestErrors.list(test.captured(root))).hasSize(1);
    }

    @Test
    @Tag("CEX-6")
    @Tag("CEX-9")
    void framesSayWhereTheyAreWithoutTheSource() {
        JsonNode exception = TestErrors.list(test.captured(Thrower.thrown("boom"))).get(0);
        List<JsonNode> frames = TestErrors.frames(exception);

        assertThat(exception.at("/stacktrace/type").asText()).isEqualTo("raw");
        assertThat(frames.get(frames.size() - 1)).isEqualTo(test.json("""
                {"platform": "java", "module": "io.quarkiverse.posthog.runtime.errors.Thrower", "function": "inner",
                 "filename": "Thrower.java", "lineno": 23, "in_app": true}"""));
        assertThat(frames).allSatisfy(frame -> assertThat(frame.path("platform").asText()).isEqualTo("java"))
                .noneMatch(frame -> frame.has("context_line") || frame.has("pre_context") || frame.has("post_context"));
    }

    @Test
    @Tag("CEX-8")
    void anExceptionIsThatOfTheRequest() {
        test.capture.inRequest = new RequestData("zoe", "session-1", Map.of(), Map.of("$request_path", "/orders"));

        JsonNode event = test.captured(new IllegalStateException("boom"));

        assertThat(event.path("distinct_id").asText()).isEqualTo("zoe");
        assertThat(event.at("/properties/$session_id").asText()).isEqualTo("session-1");
        assertThat(event.at("/properties/$request_path").asText()).isEqualTo("/orders");
    }

    @Test
    @Tag("CEX-8")
    void anExceptionOfNobodyMakesNoPerson() {
        JsonNode event = test.captured(new IllegalStateException("boom"));

        assertThat(event.path("distinct_id").asText()).matches("[0-9a-f-]{36}");
        assertThat(event.at("/properties/$process_person_profile").asBoolean(true)).isFalse();
    }

    @Test
    @Tag("CEX-8")
    void exceptionsAreNotCapturedAfterOptingOut() {
        test.capture.pipeline.optOut(true);

        assertThat(test.errors.capture(ExceptionEvent.of(new IllegalStateException("boom")))).isEmpty();
        assertThat(test.capture.sent()).isEmpty();
    }

    @Test
    @Tag("CEX-8")
    @Tag("BSH-5")
    void hooksSeeExceptions() {
        TestErrors hooked = TestErrors.of(List.of(event -> event.property("$exception_message", "***")));

        JsonNode event = hooked.captured(new IllegalStateException("secret"));

        assertThat(event.at("/properties/$exception_message").asText()).isEqualTo("***");
    }

    @Test
    @Tag("CEX-3")
    void aHookThatFailsDoesNotReachTheCaller() {
        TestErrors hooked = TestErrors.of(List.of(event -> {
            throw new IllegalStateException("broken hook");
        }));

        assertThat(hooked.errors.capture(ExceptionEvent.of(new RuntimeException("boom")))).isEmpty();
        assertThat(hooked.capture.status().dropped(DropReason.BEFORE_SEND_FAILED)).isEqualTo(1);
    }

    @Test
    void theNameOfTheEventIsNotForTheCallerToSet() {
        assertThat(
                test.captured(ExceptionEvent.of(new RuntimeException("boom")).withEvent(it -> CaptureEvent.of("other", "zoe")))
                        .path("event").asText())
                .isEqualTo("$exception");
    }

    /** Every method that can fail does. */
    private static final class Failing extends RuntimeException {

        @Override
        public String getMessage() {
            throw new IllegalStateException("getMessage");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new StackOverflowError();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new AssertionError("getStackTrace");
        }
    }

    private static final class WithoutAnything extends RuntimeException {

        @Override
        public String getMessage() {
            return null;
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            return null;
        }
    }

    private static final class WithHoles extends RuntimeException {

        @Override
        public StackTraceElement[] getStackTrace() {
            return new StackTraceElement[] { null, new StackTraceElement("a", "b", null, -2), null };
        }
    }

    /** A new cause each time. */
    private static final class Endless extends RuntimeException {

        @Override
        public synchronized Throwable getCause() {
            return new Endless();
        }
    }

    private static final class WithoutStack extends RuntimeException {

        WithoutStack() {
            super("no stack", null, true, false);
        }
    }
}
