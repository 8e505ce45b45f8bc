package io.quarkiverse.posthog.test.capture;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.persons.PersonQuery;
import io.quarkiverse.posthog.test.Guarantee;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;

/** The application stops while each kind of request waits for a response that does not come in time. */
class StoppingWithRequestsInFlightTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = CaptureRequests.application()
            .overrideConfigKey("quarkus.posthog.capture.shutdown-timeout", "500ms")
            .overrideConfigKey("quarkus.posthog.read-timeout", "1m")
            .overrideConfigKey("quarkus.posthog.flags.timeout", "1m")
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(StoppingWithRequestsInFlightTest::checkLog);

    @Inject
    PostHog postHog;

    @Test
    @Guarantee("SHD-15")
    void noneOfThemIsLoggedAsAnError() {
        WireMock stub = PostHogStub.reset();
        stub.register(any(anyUrl()).willReturn(ok().withFixedDelay(20_000)));
        for (int i = 0; i < 3; i++) {
            postHog.cohorts().page(CohortQuery.create()).subscribe().with(page -> {
            });
            postHog.persons().list(PersonQuery.create()).subscribe().with(person -> {
            });
            postHog.queryRows("SELECT " + i).subscribe().with(row -> {
            });
            postHog.evaluateFlags("zoe-" + i).subscribe().with(flags -> {
            });
            postHog.captureNow(CaptureEvent.of("now", "zoe")).subscribe().with(uuid -> {
            });
            postHog.captureAll(Multi.createFrom().item(CaptureEvent.of("streamed", "zoe"))).subscribe().with(summary -> {
            });
        }
        postHog.capture(CaptureEvent.of("queued", "zoe"));
        postHog.captureAi(CaptureEvent.of("$ai_generation", "zoe"));
        postHog.flush().subscribe().with(status -> {
        });

        Awaitility.await().until(() -> stub.find(anyRequestedFor(anyUrl())).size() >= 6);
    }

    private static void checkLog(List<LogRecord> records) {
        assertThat(records).as(() -> records.stream().map(LogRecord::getMessage).toList().toString()).hasSizeLessThanOrEqualTo(4)
                .allMatch(record -> record.getLevel().intValue() <= Level.WARNING.intValue())
                .allMatch(record -> record.getThrown() == null);
    }
}
