package io.quarkiverse.posthog.test.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.logging.LogRecord;

import jakarta.inject.Inject;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** Requests in the log: complete, but for the keys. */
class RequestLoggingTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .overrideConfigKey("quarkus.posthog.log-requests", "true")
            .overrideConfigKey("quarkus.posthog.capture.compression", "none")
            .overrideConfigKey("quarkus.rest-client.logging.body-limit", "1000")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.posthog.requests"))
            .assertLogRecords(RequestLoggingTest::check);

    @Inject
    PostHog postHog;

    @Test
    void answersAreReadAndLogged() {
        WireMock stub = PostHogStub.reset();
        stub.register(any(anyUrl()).willReturn(jsonResponse(
                "{\"id\": 55, \"name\": \"" + PostHogStub.PERSONAL_KEY + "\"}", 200)));

        assertThat(postHog.cohorts().get(55).await().atMost(Duration.ofSeconds(10)).id()).isEqualTo(55);
        postHog.captureImmediate(CaptureEvent.of("order placed", "zoey").property("note", "key " + PostHogStub.PERSONAL_KEY))
                .await().atMost(Duration.ofSeconds(10));
    }

    private static void check(List<LogRecord> records) {
        List<String> lines = records.stream().map(it -> ((ExtLogRecord) it).getFormattedMessage()).toList();
        assertThat(lines).hasSize(4).allSatisfy(line -> assertThat(line).startsWith("[default] ")
                .doesNotContain(PostHogStub.PERSONAL_KEY, PostHogStub.PROJECT_KEY));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("GET ", "/cohorts/55/", "Authorization: ***"));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("-> 200", "\"name\": \"***\""));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("POST ", "\"api_key\":\"***\"", "key ***"));
    }
}
