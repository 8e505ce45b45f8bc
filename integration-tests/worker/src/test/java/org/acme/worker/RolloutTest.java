package org.acme.worker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

/** Events and flags need neither an HTTP request nor anything else that knows whom they are for. */
@QuarkusTest
class RolloutTest {

    @Inject
    Rollout rollout;

    @Test
    void eventsAreCapturedAndFlagsAskedForWhoeverTheWorkIsFor() {
        assertThat(rollout.work("customer-7")).isTrue();

        assertThat(rollout.waiting()).isPositive();
    }
}
