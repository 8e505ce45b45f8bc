package io.quarkiverse.posthog.runtime.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.LongTexts;

/** However large exceptions are, their events can be sent. */
class ExceptionSizeTest {

    private static final int MAX_EVENT_SIZE = 900 * 1024;

    private final TestErrors test = TestErrors.of();

    @Test
    @Tag("EXC-1")
    void ofADeepStackBothEndsAreKept() {
        IllegalStateException deep = Thrower.thrownFrom(500);
        List<JsonNode> frames = TestErrors.frames(TestErrors.list(test.captured(deep)).get(0));

        assertThat(frames).extracting(frame -> frame.path("function").asText()).hasSize(200)
                .startsWith(deep.getStackTrace()[deep.getStackTrace().length - 1].getMethodName())
                .contains("thrownFrom").endsWith("outer", "inner");
    }

    @Test
    @Tag("EXC-1")
    void anEventSaysHowManyFramesItLacks() {
        IllegalStateException deep = Thrower.thrownFrom(500);

        assertThat(test.captured(deep).at("/properties/omitted_frames").asInt())
                .isEqualTo(deep.getStackTrace().length - 200);
        assertThat(test.captured(Thrower.thrown("boom")).path("properties").has("omitted_frames")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "x", "\u20ac", "\"", "\u0000", "\ud83d\ude00" })
    @Tag("EXC-1")
    void theLargestExceptionsFitIntoAnEvent(String text) throws Exception {
        String message = text.repeat(100_000);
        StackTraceElement[] stack = new StackTraceElement[1000];
        Arrays.fill(stack, new StackTraceElement(text.repeat(2_000), text.repeat(2_000), text.repeat(2_000), 1));
        Exception chain = null;
        for (int i = 0; i < 100; i++) {
            chain = new Exception(message, chain);
            chain.setStackTrace(stack);
        }

        byte[] json = test.json(test.captured(chain));

        assertThat(json.length).isBetween(50_000, MAX_EVENT_SIZE * 3 / 4);
    }

    @Test
    @Tag("EXC-1")
    void chainsAndMessagesWithoutEndTakeNoTime() {
        Exception chain = new Exception("x".repeat(20_000_000));
        for (int i = 0; i < 100_000; i++) {
            chain = new Exception("outer", chain);
        }
        Exception crowd = new Exception("crowd");
        for (int i = 0; i < 100_000; i++) {
            crowd.addSuppressed(new Exception("one of many"));
        }
        Exception circle = new Exception("circle");
        circle.initCause(new Exception("and back", circle));

        for (Exception thrown : List.of(chain, (Exception) chain.getCause(), crowd, circle)) {
            JsonNode event = LongTexts.inLinearTime("an exception", () -> test.captured(thrown));
            assertThat(TestErrors.list(event).size()).isBetween(2, 50);
        }
    }

    @Test
    @Tag("EXC-1")
    void aSmallerLimitLeavesRoomAsWell() throws Exception {
        TestErrors small = TestErrors.of("capture.max-event-size", "50K");

        assertThat(small.json(small.captured(Thrower.thrownFrom(5000))).length).isLessThan(50 * 1024);
    }

    @Test
    void aMessageIsCutAtItsEnd() {
        String message = TestErrors.list(test.captured(new Exception("begin " + "\ud83d\ude00".repeat(10_000)))).get(0)
                .path("value").asText();

        assertThat(message).startsWith("begin ").endsWith("\ud83d\ude00\u2026").hasSizeLessThan(2_000);
    }
}
