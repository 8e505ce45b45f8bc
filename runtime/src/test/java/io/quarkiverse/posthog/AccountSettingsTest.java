package io.quarkiverse.posthog;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;

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
    void textTellsWhichKeyIsMissing() {
        assertThat(AccountSettings.create().projectApiKey("phc_project").toString())
                .contains("projectApiKey=***", "personalApiKey=none");
    }

    @Test
    void eachSettingIsKept() {
        AccountSettings settings = AccountSettings.create().projectApiKey("phc_project").personalApiKey("phx_personal")
                .host(URI.create("https://posthog.example.com")).ingestionHost(URI.create("https://e.example.com"))
                .projectId(4242).readTimeout(Duration.ofSeconds(7));

        assertThat(settings).isEqualTo(new AccountSettings("phc_project", "phx_personal",
                URI.create("https://posthog.example.com"), URI.create("https://e.example.com"), "4242",
                Duration.ofSeconds(7)));
    }
}
