package io.quarkiverse.posthog.runtime.config;

import static io.quarkiverse.posthog.runtime.config.AccountConfigs.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostHogHostsTest {

    @ParameterizedTest
    @CsvSource({
            "https://us.posthog.com, https://us.posthog.com, https://us.i.posthog.com",
            "https://eu.posthog.com, https://eu.posthog.com, https://eu.i.posthog.com",
            "https://eu.posthog.com/, https://eu.posthog.com, https://eu.i.posthog.com",
            "https://EU.PostHog.com, https://eu.posthog.com, https://eu.i.posthog.com",
            "https://app.posthog.com, https://us.posthog.com, https://us.i.posthog.com",
            "https://us.i.posthog.com, https://us.posthog.com, https://us.i.posthog.com",
            "https://eu.i.posthog.com/, https://eu.posthog.com, https://eu.i.posthog.com",
            "https://posthog.example.com, https://posthog.example.com, https://posthog.example.com",
            "https://example.com/posthog//, https://example.com/posthog, https://example.com/posthog",
            "http://localhost:8000, http://localhost:8000, http://localhost:8000",
            "' https://posthog.example.com ', https://posthog.example.com, https://posthog.example.com",
            "https://us.posthog.com., https://us.posthog.com, https://us.i.posthog.com",
            "https://EU.PostHog.com.:443/, https://eu.posthog.com, https://eu.i.posthog.com",
            "https://us.posthog.com:443, https://us.posthog.com, https://us.i.posthog.com",
            "HTTPS://App.PostHog.Com:0443//, https://us.posthog.com, https://us.i.posthog.com",
            "https://US.I.POSTHOG.COM., https://us.posthog.com, https://us.i.posthog.com",
            "https://us.posthog.com:, https://us.posthog.com, https://us.i.posthog.com",
            "https://PostHog.Example.com.:8443/Path/, https://posthog.example.com:8443/Path, https://posthog.example.com:8443/Path",
            "http://Localhost:80, http://localhost, http://localhost",
            "http://localhost:443, http://localhost:443, http://localhost:443",
            "'http://[::1]:8000/', 'http://[::1]:8000', 'http://[::1]:8000'",
            "https://notposthog.com, https://notposthog.com, https://notposthog.com",
            "https://us.posthog.com.example.com, https://us.posthog.com.example.com, https://us.posthog.com.example.com",
    })
    @Tag("WIRE-1")
    void bothBaseUrlsComeFromTheHost(String host, URI api, URI ingestion) {
        ResolvedAccountConfig account = account("host", host);

        assertThat(account.api()).isEqualTo(api);
        assertThat(account.ingestion()).isEqualTo(ingestion);
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://us.posthog.com", "http://us.posthog.com.", "HTTP://US.POSTHOG.COM.",
            "http://Eu.PostHog.com:80",
            "http://us.posthog.com:443", "http://us.posthog.com:8000/", "http://us.i.posthog.com.:80/path",
            "http://posthog.com.",
            "http://app.posthog.com", " http://internal-c.posthog.com./ ", "http://us.posthog.com:" })
    @Tag("SEC-2")
    void keysAreNotSentToPostHogCloudInTheClear(String host) {
        for (String property : new String[] { "host", "ingestion-host" }) {
            assertThatIllegalArgumentException().isThrownBy(() -> account(property, host))
                    .withMessageContaining("must begin with https:// for PostHog Cloud");
        }
    }

    @ParameterizedTest
    @CsvSource({ "https://us.posthog.com., US", "https://EU.I.PostHog.com:443, EU", "https://app.posthog.com., US" })
    @Tag("WIRE-1")
    void theRegionIsThatOfTheHost(String host, String region) {
        ResolvedAccountConfig account = account("host", host);

        assertThat(ResolvedAccountConfig.cloudRegion(account.api())).hasValue(region);
        assertThat(ResolvedAccountConfig.cloudRegion(account.ingestion())).hasValue(region);
        assertThat(account.isRateLimited()).isTrue();
    }

    @Test
    @Tag("WIRE-1")
    void hostIsTheUnitedStatesByDefault() {
        assertThat(account().api()).isEqualTo(URI.create("https://us.posthog.com"));
    }

    @Test
    @Tag("WIRE-1")
    void ingestionHostOverridesTheDerivedOne() {
        ResolvedAccountConfig account = account("host", "https://eu.posthog.com", "ingestion-host",
                "https://e.example.com/ph/");

        assertThat(account.api()).isEqualTo(URI.create("https://eu.posthog.com"));
        assertThat(account.ingestion()).isEqualTo(URI.create("https://e.example.com/ph"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "us.posthog.com", "ftp://us.posthog.com", "https://", "https:///path", "not a url",
            "https://us.posthog.com?x=y", "https://us.posthog.com#x", "localhost:8000", "http://localhost:99999",
            "http://us.posthog.com..", "https://us%2Eposthog.com", "https://.", "https://us.posthog.com:-1" })
    void whatIsNoBaseUrlIsRefused(String host) {
        assertThatIllegalArgumentException().isThrownBy(() -> account("host", host))
                .withMessageContainingAll("quarkus.posthog.host must be a URL like https://us.posthog.com",
                        "but is '" + host + "'");
    }

    @Test
    void invalidIngestionHostIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> account("ingestion-host", "e.example.com"))
                .withMessageContainingAll("quarkus.posthog.ingestion-host must be a URL", "but is 'e.example.com'");
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://user:pa55word@posthog.example.com", "https://user:pa55 word@posthog.example.com",
            "https://user:pa55@us.posthog.com.:443", "http://pa55word@us.posthog.com",
            "https://us.posthog.com@pa55word@example.com",
            "https://us.posthog.com:pa55word@example.com/", "//user:pa55word@us.posthog.com" })
    void passwordIsNotRepeated(String host) {
        assertThatIllegalArgumentException().isThrownBy(() -> account("host", host))
                .withMessageContainingAll("quarkus.posthog.host", "without user")
                .withNoCause()
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("pa55", "word@"));
    }

    @ParameterizedTest
    @CsvSource({ "https://us.posthog.com, true", "https://EU.posthog.com, true", "https://us.i.posthog.com, true",
            "https://posthog.example.com, false" })
    void rateLimitsAreThoseOfPostHogCloud(String host, boolean limited) {
        assertThat(account("host", host).isRateLimited()).isEqualTo(limited);
    }

    @ParameterizedTest
    @CsvSource({ "https://eu.posthog.com, https://eu.posthog.com", "https://me:secret@example.com/x, https://***@example.com/x",
            "me:sec@ret@example.com, ***@example.com" })
    void passwordIsNotDisplayed(String host, String expected) {
        assertThat(PostHogHosts.display(host)).isEqualTo(expected);
    }
}
