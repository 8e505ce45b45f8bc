package io.quarkiverse.posthog.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkus.test.QuarkusUnitTest;

/** The build does not have a key that only the running application has, so it starts an emulator. */
class OverriddenEmulatorTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .overrideRuntimeConfigKey("quarkus.posthog.shop.project-api-key", "phc_real")
            .setLogRecordPredicate(record -> record.getMessage().contains("takes precedence over the emulator"))
            .assertLogRecords(records -> assertThat(records).hasSize(1)
                    .allSatisfy(record -> assertThat(record.getParameters()).contains("shop",
                            "quarkus.posthog.\"shop\".project-api-key", "https://us.posthog.com")));

    @Inject
    @PostHogAccount("shop")
    PostHog shop;

    @Test
    @Tag("CFG-4")
    void realKeyIsNotSentToTheEmulator() {
        assertThat(shop.toString()).contains("https://us.posthog.com");
    }
}
