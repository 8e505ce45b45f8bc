package io.quarkiverse.posthog.test.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import io.quarkiverse.posthog.openfeature.PostHogProvider;
import io.quarkiverse.posthog.test.Guarantee;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.QuarkusUnitTest;

/** Who has chosen a provider keeps it. */
class OtherProviderTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Earlier.class))
            .overrideConfigKey("quarkus.posthog.\"other\".project-api-key", PostHogStub.PROJECT_KEY);

    @Singleton
    public static class Earlier {

        void register(@Observes @Priority(1) StartupEvent event) {
            OpenFeatureAPI.getInstance().setProviderAndWait(new InMemoryProvider(new java.util.HashMap<>()));
        }
    }

    @Test
    @Guarantee("OFP-11")
    void aProviderThatWasThereBeforeStays() {
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();

        assertThat(api.getProvider()).isInstanceOf(InMemoryProvider.class);
        assertThat(api.getProvider("other")).isInstanceOf(PostHogProvider.class);
    }
}
