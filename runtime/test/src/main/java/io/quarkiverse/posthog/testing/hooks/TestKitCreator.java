package io.quarkiverse.posthog.testing.hooks;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;

import io.quarkiverse.posthog.testing.PostHogTestKit;

/** Called by CDI to create the test kit of an account. */
public final class TestKitCreator implements SyntheticBeanCreator<PostHogTestKit> {

    static final String ACCOUNT = "account";

    @Override
    public PostHogTestKit create(Instance<Object> lookup, Parameters parameters) {
        return PostHogTestKit.of(parameters.get(ACCOUNT, String.class));
    }
}
