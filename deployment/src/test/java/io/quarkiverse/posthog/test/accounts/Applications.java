package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.UUID;

import com.github.tomakehurst.wiremock.client.MappingBuilder;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** Applications of the tests of accounts, and what these tests ask of an account. */
final class Applications {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Applications() {
    }

    /** Without an account, and with nothing that would stand in for PostHog. */
    static QuarkusUnitTest withoutAccounts() {
        return new QuarkusUnitTest()
                .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Applications.class))
                .overrideConfigKey("quarkus.devservices.enabled", "false");
    }

    /** With a default account, whose PostHog is the stub. */
    static QuarkusUnitTest withAccount() {
        return PostHogStub.application()
                .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Applications.class));
    }

    /** Everything a failure says: its causes, and the injection points that CDI names. */
    static String text(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** Has the stub tell how many cohorts there are, for {@link #read}. */
    static MappingBuilder cohorts(String projectPath, int count) {
        return get(urlPathEqualTo(projectPath + "/cohorts/"))
                .willReturn(okJson("{\"count\": " + count + ", \"results\": []}"));
    }

    /** Sends one request to the private API and returns how many cohorts PostHog told of. */
    static long read(PostHog account) {
        return account.cohorts().page(CohortQuery.create()).await().atMost(PATIENCE).total().orElseThrow();
    }

    /** Has the stub acknowledge events, for {@link #capture}. */
    static MappingBuilder accepted() {
        return post(urlPathEqualTo("/batch/")).willReturn(okJson("{\"status\": 1}"));
    }

    /** Sends one event to the ingestion. */
    static UUID capture(PostHog account) {
        return account.captureImmediate(CaptureEvent.of("signed up", "user-1")).await().atMost(PATIENCE);
    }
}
