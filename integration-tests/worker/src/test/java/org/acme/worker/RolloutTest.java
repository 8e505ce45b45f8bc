package org.acme.worker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

/** Verifies events and flags without an HTTP request and without a request context. */
@QuarkusTest
class RolloutTest {

    @Inject
    Rollout rollout;

    @Test
    void capturesEventsAndEvaluatesFlagsPerCustomer() {
        assertThat(rollout.work("customer-7")).isTrue();

        assertThat(rollout.waiting()).isPositive();
    }
}
