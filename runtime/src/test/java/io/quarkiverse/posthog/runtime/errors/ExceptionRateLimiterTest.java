package io.quarkiverse.posthog.runtime.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.errors.ExceptionEvent;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkiverse.posthog.runtime.context.RequestData;

/** How much is captured without the application doing it. */
class ExceptionRateLimiterTest {

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.exceptions");

    private final TestErrors test = TestErrors.of("exceptions.autocapture.enabled", "true",
            "exceptions.rate-limit.per-exception", "3",
            "exceptions.rate-limit.total", "5");

    @Test
    @Tag("EXC-6")
    void soManyFromTheSamePlaceAreCaptured() {
        arrive(test, 10, "orders");

        assertThat(captured(test)).isEqualTo(3);
    }

    @Test
    @Tag("EXC-6")
    void soManyInAllAreCaptured() {
        for (int i = 0; i < 10; i++) {
            arrive(test, 1, "place " + i);
        }

        assertThat(captured(test)).isEqualTo(5);
    }

    @Test
    @Tag("EXC-6")
    void theNextWindowBeginsAnew() {
        arrive(test, 10, "orders");
        test.advance(Duration.ofMinutes(1));
        arrive(test, 10, "orders");

        assertThat(captured(test)).isEqualTo(6);
    }

    @Test
    @Tag("EXC-6")
    void whatIsLeftOutIsSaidAtOnceAndCounted() {
        arrive(test, 10, "orders");
        assertThat(log.warnings()).singleElement().asString().contains("PostHog account 'default': exceptions such as",
                "IllegalStateException at orders.place(Unknown Source)", "quarkus.posthog.exceptions.rate-limit");

        test.advance(Duration.ofMinutes(1));
        arrive(test, 4, "orders");
        assertThat(log.warnings()).hasSize(3).element(1).asString().contains("7 exceptions dropped");

        test.errors.close();
        assertThat(log.warnings()).hasSize(4).last().asString().contains("one exception dropped because of");
    }

    @Test
    @Tag("EXC-6")
    void whatTheApplicationCapturesIsNotLimited() {
        for (int i = 0; i < 10; i++) {
            test.errors.capture(ExceptionEvent.of(thrown("orders")));
        }

        assertThat(captured(test)).isEqualTo(10);
    }

    @Test
    void zeroIsNoLimit() {
        TestErrors unlimited = TestErrors.of("exceptions.autocapture.enabled", "true", "exceptions.rate-limit.per-exception",
                "0",
                "exceptions.rate-limit.total", "0");

        IntStream.range(0, 2000).forEach(i -> arrive(unlimited, 1, "place " + i));
        arrive(unlimited, 100, "place 1");

        assertThat(captured(unlimited)).isEqualTo(2100);
    }

    private static void arrive(TestErrors test, int count, String place) {
        for (int i = 0; i < count; i++) {
            test.errors.reported(new ExceptionReport(ExceptionSource.MESSAGING, ExceptionEvent.of(thrown(place)),
                    new RequestData(null, null, Map.of(), Map.of()), null, null));
        }
    }

    private static IllegalStateException thrown(String place) {
        IllegalStateException thrown = new IllegalStateException("boom");
        thrown.setStackTrace(new StackTraceElement[] { new StackTraceElement(place, "place", null, -1) });
        return thrown;
    }

    private static int captured(TestErrors test) {
        return test.capture.sent().size();
    }
}
