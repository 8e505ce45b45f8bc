package io.quarkiverse.posthog;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

class AccountSettingsTest {

    @Test
    void textShowsNoKey() {
        AccountSettings settings = AccountSettings.create().projectApiKey("phc_project").personalApiKey("phx_personal")
                .host(URI.create("https://eu.posthog.com"));

        assertThat(settings.toString()).doesNotContain("phc_project", "phx_personal")
                .contains("projectApiKey=***", "personalApiKey=***", "https://eu.posthog.com");
    }

    @Test
    void textShowsNoValueOfFurtherSettings() {
        assertThat(AccountSettings.create().set("headers.X-Key", "secret").toString()).contains("headers.X-Key")
                .doesNotContain("secret");
    }

    @Test
    void theSecureKeyIsASettingThatTextDoesNotShow() {
        AccountSettings settings = AccountSettings.create().featureFlagsSecureApiKey("phs_secret");

        assertThat(settings.config()).containsExactly(Map.entry("feature-flags-secure-api-key", "phs_secret"));
        assertThat(settings.toString()).doesNotContain("phs_secret");
        assertThat(settings.featureFlagsSecureApiKey(null)).isEqualTo(AccountSettings.create());
    }

    @Test
    void textTellsWhichKeyIsMissing() {
        assertThat(AccountSettings.create().projectApiKey("phc_project").toString())
                .contains("projectApiKey=***", "personalApiKey=none");
    }

    @Test
    void eachSettingIsKept() {
        AccountSettings settings = AccountSettings.create().projectApiKey("phc_project").personalApiKey("phx_personal")
                .host(URI.create("https://posthog.example.com")).ingestionHost(URI.create("https://e.example.com"))
                .projectId(4242).readTimeout(Duration.ofSeconds(7)).set("capture.flush-at", "1").set("headers.X-Key", "a");

        assertThat(settings).isEqualTo(new AccountSettings("phc_project", "phx_personal",
                URI.create("https://posthog.example.com"), URI.create("https://e.example.com"), "4242",
                Duration.ofSeconds(7), Map.of("capture.flush-at", "1", "headers.X-Key", "a")));
    }
}
