package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.quarkiverse.posthog.test.accounts.Applications.accepted;
import static io.quarkiverse.posthog.test.accounts.Applications.capture;
import static io.quarkiverse.posthog.test.accounts.Applications.cohorts;
import static io.quarkiverse.posthog.test.accounts.Applications.read;
import static io.quarkiverse.posthog.test.accounts.Applications.text;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;

import jakarta.inject.Inject;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** No log, message or text form shows a key, not even with everything logged and a server that repeats it. */
class SecretsAreNotShownTest {

    private static final PatternFormatter FORMATTER = new PatternFormatter("%c %s %X%n%e");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.log.level", "TRACE")
            .overrideConfigKey("quarkus.log.min-level", "TRACE")
            .overrideConfigKey("quarkus.log.console.enabled", "false")
            .overrideConfigKey("quarkus.rest-client.logging.scope", "all")
            .overrideConfigKey("quarkus.posthog.log-requests", "true")
            .overrideConfigKey("quarkus.posthog.capture.compression", "none")
            .overrideConfigKey("quarkus.posthog.\"quiet\".host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.\"quiet\".project-id", "4242")
            .overrideConfigKey("quarkus.posthog.\"quiet\".project-api-key", PostHogStub.PROJECT_KEY)
            .overrideConfigKey("quarkus.posthog.\"quiet\".personal-api-key", PostHogStub.PERSONAL_KEY)
            .overrideConfigKey("quarkus.posthog.\"unreachable\".host", "http://localhost:1")
            .overrideConfigKey("quarkus.posthog.\"unreachable\".project-api-key", PostHogStub.PROJECT_KEY)
            .overrideConfigKey("quarkus.posthog.\"unreachable\".personal-api-key", PostHogStub.PERSONAL_KEY)
            .overrideConfigKey("quarkus.posthog.\"unreachable\".retry.max-retries", "1")
            .overrideConfigKey("quarkus.posthog.\"unreachable\".capture.retry.max-retries", "0")
            .setLogRecordPredicate(SecretsAreNotShownTest::isOfTheApplication)
            .assertLogRecords(SecretsAreNotShownTest::showNoKey);

    @Inject
    PostHog posthog;

    @Inject
    @PostHogAccount("quiet")
    PostHog quiet;

    @Inject
    @PostHogAccount("unreachable")
    PostHog unreachable;

    @Test
    @Tag("SEC-1")
    void whenAllIsWell() {
        WireMock stub = PostHogStub.reset();
        stub.register(accepted());
        stub.register(cohorts(PostHogStub.path(""), 5));

        for (PostHog account : List.of(posthog, quiet)) {
            capture(account);
            read(account);
            assertThat(account.toString()).contains(account.account()).doesNotContain("phc_", "phx_");
        }
    }

    @Test
    @Tag("SEC-1")
    void whenTheServerRepeatsTheKey() {
        String keys = PostHogStub.PROJECT_KEY + " " + PostHogStub.PERSONAL_KEY;
        WireMock stub = PostHogStub.reset();
        stub.register(any(anyUrl()).willReturn(aResponse().withStatus(401).withHeader("X-Key", keys)
                .withHeader("Content-Type", "application/json").withBody("{\"detail\": \"Invalid key " + keys + "\"}")));

        for (PostHog account : List.of(posthog, quiet)) {
            failsWithoutAKey(() -> capture(account), "Invalid key *** ***");
            failsWithoutAKey(() -> read(account), "Invalid key *** ***");
        }
    }

    @Test
    @Tag("SEC-1")
    void whenTheServerRedirects() {
        PostHogStub.reset().register(any(anyUrl()).willReturn(aResponse().withStatus(302)
                .withHeader("Location", "https://example.com/" + PostHogStub.PERSONAL_KEY)));

        failsWithoutAKey(() -> read(posthog), "responded with a redirect (302) to https://example.com/***");
    }

    @Test
    @Tag("SEC-1")
    void whenTheServerIsUnreachable() {
        failsWithoutAKey(() -> capture(unreachable), "can't reach http://localhost:1");
        failsWithoutAKey(() -> read(unreachable), "can't reach http://localhost:1");
    }

    @Test
    @Tag("SEC-1")
    void whenQueuedEventsAreRefused() {
        String keys = PostHogStub.PROJECT_KEY + " " + PostHogStub.PERSONAL_KEY;
        PostHogStub.reset().register(any(anyUrl()).willReturn(aResponse().withStatus(400).withBody("no: " + keys)));

        for (PostHog account : List.of(posthog, quiet, unreachable)) {
            long before = account.captureStatus().totalDropped();
            account.capture(CaptureEvent.of("viewed", "zoey"));
            CaptureStatus status = account.flush().await().atMost(Duration.ofSeconds(10));

            assertThat(status.totalDropped()).isEqualTo(before + 1);
            assertThat(status.lastFailure().orElseThrow()).doesNotContain("phc_", "phx_");
        }
    }

    private static void failsWithoutAKey(Runnable request, String message) {
        assertThatThrownBy(request::run).hasMessageContaining(message)
                .satisfies(failure -> assertThat(text(failure)).doesNotContain("phc_stub", "phx_stub"));
    }

    /** Not of the stub, which runs in the same process and logs what it is asked. */
    private static boolean isOfTheApplication(LogRecord record) {
        return !Pattern.matches("(org\\.eclipse\\.jetty|wiremock|com\\.github\\.tomakehurst|org\\.apache\\.hc)\\b.*",
                String.valueOf(record.getLoggerName()));
    }

    private static void showNoKey(List<LogRecord> records) {
        List<String> lines = records.stream()
                .map(record -> FORMATTER.format(record) + Arrays.deepToString(record.getParameters())).toList();

        assertThat(lines).as("requests are logged").anyMatch(line -> line.contains("[default] POST")
                && line.contains("\"api_key\":\"***\"")).anyMatch(line -> line.contains("Authorization: ***"));
        assertThat(lines).as("so much is logged").hasSizeGreaterThan(100);
        assertThat(lines.stream().filter(line -> line.contains("phc_stub") || line.contains("phx_stub"))).isEmpty();
    }
}
