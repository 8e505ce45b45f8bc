package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** The page at the address of the emulator. */
class EmulatorStartPageTest extends EmulatorTestBase {

    @Test
    void linksToTheEndpoints() {
        var page = client.fetch("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).contains("PostHog emulator", "phc_emulator", "href=\"/_emulator/\"",
                "href=\"/_emulator/events\"", "POST /_emulator/reset", "POST /batch/", "POST /flags/", "has no Dev UI")
                .doesNotContain("phx_", "phs_");
    }

    @Test
    void everyLinkWorks() {
        var links = Pattern.compile("href=\"(/[^\"]*)\"").matcher(client.fetch("/").body()).results()
                .map(link -> link.group(1)).toList();
        assertThat(links).hasSizeGreaterThan(5).allSatisfy(link -> assertThat(client.fetch(link).status()).isEqualTo(200));
    }

    @Test
    void linksToTheDevUi() {
        String url = "http://localhost:8080/q/dev-ui/quarkus-posthog/events?a=\"<b>&c";
        try (PostHogEmulator other = PostHogEmulator.start(EmulatorOptions.defaults().withDevUi(url))) {
            assertThat(new EmulatorClient(other.baseUrl(), null).fetch("/").body()).contains(
                    "href=\"http://localhost:8080/q/dev-ui/quarkus-posthog/events?a=&quot;&lt;b&gt;&amp;c\"");
        }
    }

    @Test
    void isNotARequestOfTheApplication() {
        client.control("POST", "/faults", "{\"path\": \"/\", \"status\": 500}");
        assertThat(client.fetch("/").status()).isEqualTo(200);
        assertThat(client.fetch("/favicon.ico").status()).isEqualTo(404);
        assertThat(client.control("GET", "/requests", null).json()).isEmpty();
        assertThat(client.control("GET", "/faults", null).json()).hasSize(1);
    }
}
