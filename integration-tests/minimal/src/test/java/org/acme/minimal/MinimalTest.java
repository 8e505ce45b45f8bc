package org.acme.minimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.junit.QuarkusTest;

/** The extension needs none of what it can make use of. */
@QuarkusTest
class MinimalTest {

    @Inject
    Rollout rollout;

    @ParameterizedTest
    @ValueSource(strings = { "dev.openfeature.sdk.OpenFeatureAPI",
            "io.quarkus.vertx.http.runtime.CurrentVertxRequest",
            "io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder",
            "io.quarkus.security.runtime.SecurityIdentityAssociation", "org.eclipse.microprofile.jwt.JsonWebToken" })
    void thereIsNothingElse(String optional) {
        assertThatThrownBy(() -> Thread.currentThread().getContextClassLoader().loadClass(optional))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void eventsAreCapturedAndFlagsAskedForWhoeverTheWorkIsFor() {
        assertThat(rollout.work("customer-7")).isTrue();

        assertThat(rollout.waiting()).isPositive();
    }
}
