package io.quarkiverse.posthog.runtime.capture.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final Duration PROBING = Duration.ofSeconds(15);
    private static final Duration WAIT = Duration.ofSeconds(4);
    private static final Duration NOW = Duration.ofDays(100);

    private static final Runnable NOTHING = () -> {
    };

    private final CircuitBreaker circuit = new CircuitBreaker(PROBING);

    @Test
    @Tag("RTQ-15")
    void aFewFailuresKeepNobodyElseFromTrying() {
        fail(4);

        assertThat(circuit.pause(NOW, NOTHING)).isZero();
    }

    @Test
    @Tag("RTQ-15")
    void afterFiveInARowOneTriesAtATime() {
        fail(5);

        assertThat(circuit.pause(NOW, NOTHING)).isEqualTo(WAIT);
        assertThat(circuit.pause(NOW.plus(WAIT), NOTHING)).as("the one that tries").isZero();
        assertThat(circuit.pause(NOW.plus(WAIT), NOTHING)).as("all others").isEqualTo(PROBING);
        assertThat(circuit.pause(NOW.plus(WAIT).plus(PROBING), NOTHING)).as("another one, if that one does not come back")
                .isZero();
    }

    @Test
    @Tag("RTQ-15")
    void oneSuccessIsEnough() {
        fail(10);
        circuit.succeeded();

        assertThat(circuit.pause(NOW, NOTHING)).isZero();
        fail(4);
        assertThat(circuit.pause(NOW, NOTHING)).isZero();
    }

    @Test
    @Tag("RTQ-15")
    void whoeverWaitsGoesOnAfterASuccess() {
        fail(5);
        List<String> resumed = new ArrayList<>();
        circuit.pause(NOW, () -> resumed.add("other queue"));

        circuit.succeeded().forEach(Runnable::run);
        circuit.succeeded().forEach(Runnable::run);

        assertThat(resumed).containsExactly("other queue");
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuit.failed(NOW, WAIT);
        }
    }
}
