package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.quarkiverse.posthog.test.accounts.Applications.cohorts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.LogRecord;

import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.test.Ports;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** A changed configuration takes effect at the next request in dev mode, and nothing goes on from before. */
class LiveReloadTest {

    private static final int PORT = Ports.free();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addClass(CohortCount.class)
                    .addAsResource(new StringAsset("""
                            quarkus.http.port=%d
                            quarkus.posthog.host=%s/first
                            quarkus.posthog.project-id=4242
                            quarkus.posthog.personal-api-key=phx_reload
                            quarkus.posthog.retry.initial-delay=10m
                            quarkus.posthog.retry.max-delay=10m
                            """.formatted(PORT, PostHogStub.url())), "application.properties"))
            .setLogRecordPredicate(record -> record.getLoggerName().endsWith("CohortCount"));

    @Test
    void requestsGoToTheNewHostOnly() {
        WireMock stub = PostHogStub.reset();
        stub.register(get(anyUrl()).willReturn(serverError()));
        stub.register(cohorts("/second" + PostHogStub.path(""), 2));
        ask("begin");
        Awaitility.await().until(() -> !stub.find(anyRequestedFor(anyUrl())).isEmpty());

        APPLICATION.modifyResourceFile("application.properties", text -> text.replace("/first", "/second"));

        assertThat(ask("read")).isEqualTo("2");
        stub.verifyThat(1, getRequestedFor(urlPathEqualTo("/first" + PostHogStub.path("/cohorts/"))));
        assertThat(APPLICATION.getLogRecords()).as("nothing waits for another try").extracting(LogRecord::getMessage)
                .containsExactly("PostHog account 'default', cohorts.page: the account was closed");
    }

    private static String ask(String path) {
        return RestAssured.get("http://localhost:" + PORT + "/" + path).asString();
    }
}
