package io.quarkiverse.posthog.test.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** An application may leave OpenFeature alone. */
class OpenFeatureOffTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .overrideConfigKey("quarkus.posthog.openfeature.enabled", "false");

    @Test
    @Tag("OFP-11")
    void nothingIsRegistered() {
        assertThat(OpenFeatureAPI.getInstance().getProvider()).isInstanceOf(NoOpProvider.class);
    }
}
