package io.quarkiverse.posthog.test.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.logging.LogRecord;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.test.faults.RawHttpServer;
import io.quarkus.test.QuarkusUnitTest;

/** The application has settings for all of its clients, and for those whose names it knows. */
class ClientSettingsTest extends IsolatedClientsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withSettings(application(ClientSettingsTest.class)
            .overrideConfigKey("quarkus.rest-client.logging.scope", "all")
            .overrideConfigKey("quarkus.rest-client.logging.body-limit", "10000")
            .overrideConfigKey("quarkus.log.category.\"org.jboss.resteasy.reactive.client.logging\".level", "DEBUG")
            .overrideConfigKey("quarkus.rest-client.follow-redirects", "true")
            .overrideConfigKey("quarkus.rest-client.user-agent", "application/1.0")
            .overrideConfigKey("quarkus.rest-client.headers.X-Foreign", "yes")
            .overrideConfigKey("quarkus.rest-client.max-redirects", "20")
            .overrideConfigKey("quarkus.rest-client.disable-default-mapper", "false")
            .overrideConfigKey("quarkus.rest-client.connection-pool-size", "1")
            .overrideConfigKey("quarkus.rest-client.read-timeout", "1")
            .overrideConfigKey("quarkus.rest-client.max-chunk-size", "1")
            .overrideConfigKey("org.eclipse.microprofile.rest.client.propagateHeaders", "X-Foreign")
            .setLogRecordPredicate(record -> true)
            .assertLogRecords(ClientSettingsTest::checkLog));

    private static QuarkusUnitTest withSettings(QuarkusUnitTest application) {
        for (String api : List.of("PostHogApi", "KeyAndProjectApi", "IngestionApi", "FlagsApi")) {
            String client = "quarkus.rest-client.\"io.quarkiverse.posthog.runtime.rest." + api + "\".";
            application.overrideConfigKey(client + "override-uri", "http://localhost:1")
                    .overrideConfigKey(client + "url", "http://localhost:1")
                    .overrideConfigKey(client + "providers", TokenFilter.class.getName());
        }
        return application;
    }

    public static class TokenFilter implements ClientRequestFilter {

        @Override
        public void filter(ClientRequestContext request) {
            request.getHeaders().putSingle("Authorization", FOREIGN_AUTHORIZATION);
        }
    }

    @Test
    @Tag("ISO-1")
    @Tag("FLT-4")
    void redirectsToOtherHostsAreNotFollowed() throws IOException {
        try (RawHttpServer elsewhere = new RawHttpServer()) {
            server.failing(1, exchange -> exchange.respond(
                    "HTTP/1.1 302 Found\r\nLocation: " + elsewhere.url() + "/api/projects/4242/cohorts/55", new byte[0]));

            assertThat(catchThrowable(() -> account.cohorts().get(55).await().atMost(Duration.ofSeconds(10))))
                    .isInstanceOf(PostHogResponseException.class).hasMessageContaining("redirect");

            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    private static void checkLog(List<LogRecord> records) {
        assertThat(records).allSatisfy(record -> assertThat(((ExtLogRecord) record).getFormattedMessage())
                .doesNotContain(PROJECT_TOKEN, PERSONAL_KEY, SECURE_KEY));
    }
}
