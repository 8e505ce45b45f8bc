package io.quarkiverse.posthog.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.background.ManualBackground;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

class RequestDelaysTest {

    private final ManualBackground background = new ManualBackground();
    private final RequestDelays delays = new RequestDelays(background);

    @Test
    void completesAfterTheDelay() {
        UniAssertSubscriber<Void> delay = start();
        background.advance(Duration.ofMinutes(59));
        delay.assertNotTerminated();

        background.advance(Duration.ofMinutes(1));

        delay.assertCompleted();
        assertThat(background.timers()).isZero();
    }

    @Test
    void completesWhenTheAccountIsClosed() {
        UniAssertSubscriber<Void> delay = start();
        delay.assertNotTerminated();

        delays.close();

        delay.assertCompleted();
        assertThat(background.timers()).isZero();
        start().assertCompleted();
        assertThat(background.timers()).isZero();
    }

    @Test
    void stopsTheTimerWhenItIsCancelled() {
        UniAssertSubscriber<Void> delay = start();

        delay.cancel();
        background.advance(Duration.ofHours(2));

        delay.assertNotTerminated();
        assertThat(background.timers()).isZero();
    }

    private UniAssertSubscriber<Void> start() {
        return delays.after(Duration.ofHours(1)).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
