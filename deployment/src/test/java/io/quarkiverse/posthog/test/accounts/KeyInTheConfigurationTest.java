package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static io.quarkiverse.posthog.test.accounts.Applications.cohorts;
import static io.quarkiverse.posthog.test.accounts.Applications.read;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** The project token is public: a page that captures in the browser needs it, and reads it from the configuration. */
class KeyInTheConfigurationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("browser.token", "${quarkus.posthog.project-api-key}")
            .overrideConfigKey("quarkus.posthog.\"work\".host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.\"work\".project-id", "4242")
            .overrideConfigKey("quarkus.posthog.\"work\".personal-api-key", "${quarkus.posthog.personal-api-key}");

    @ConfigProperty(name = "quarkus.posthog.project-api-key")
    String token;

    @Inject
    @PostHogAccount("work")
    PostHog work;

    @Test
    void isInjected() {
        assertThat(token).isEqualTo(PostHogStub.PROJECT_KEY);
    }

    @Test
    void isReferredTo() {
        assertThat(ConfigProvider.getConfig().getValue("browser.token", String.class)).isEqualTo(PostHogStub.PROJECT_KEY);
    }

    @Test
    void personalKeyIsNotToBeHad() {
        assertThatThrownBy(() -> ConfigProvider.getConfig().getValue("quarkus.posthog.personal-api-key", String.class))
                .isInstanceOf(SecurityException.class);
        assertThat(ConfigProvider.getConfig().getPropertyNames()).doesNotContain("quarkus.posthog.personal-api-key");
    }

    @Test
    void personalKeyMayServeTwoAccounts() {
        WireMock stub = PostHogStub.reset();
        stub.register(cohorts(PostHogStub.path(""), 5));

        assertThat(read(work)).isEqualTo(5);
        stub.verifyThat(1, getRequestedFor(anyUrl())
                .withHeader("Authorization", equalTo("Bearer " + PostHogStub.PERSONAL_KEY)));
    }
}
