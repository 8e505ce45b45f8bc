package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static io.quarkiverse.posthog.test.accounts.Applications.cohorts;
import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** A changed configuration takes effect at the next request in dev mode, and nothing goes on from before. */
class LiveReloadTest {

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addClass(CohortCount.class)
                    .addAsResource(new StringAsset("""
                            quarkus.posthog.host=%s/first
                            quarkus.posthog.project-id=4242
                            quarkus.posthog.personal-api-key=phx_reload
                            quarkus.posthog.retry.initial-delay=1s
                            """.formatted(PostHogStub.url())), "application.properties"))
            .setLogRecordPredicate(record -> record.getMessage() != null);

    @Test
    void hostIsThatOfTheChangedConfiguration() {
        WireMock stub = PostHogStub.reset();
        stub.register(cohorts("/first" + PostHogStub.path(""), 1));
        stub.register(cohorts("/second" + PostHogStub.path(""), 2));
        assertThat(RestAssured.get("/read").asString()).isEqualTo("1");

        changeHost("/first", "/second");

        assertThat(RestAssured.get("/read").asString()).isEqualTo("2");
    }

    @Test
    void requestThatWaitsForAnotherTryIsNotSentAfterwards() throws InterruptedException {
        WireMock stub = PostHogStub.reset();
        stub.register(get(anyUrl()).willReturn(serverError()));
        stub.register(cohorts("/second" + PostHogStub.path(""), 2));
        RestAssured.get("/begin");
        Awaitility.await().until(() -> !stub.find(anyRequestedFor(anyUrl())).isEmpty());

        changeHost("/first", "/second");

        assertThat(RestAssured.get("/read").asString()).isEqualTo("2");
        stub.resetRequests();
        Thread.sleep(1_500);
        stub.verifyThat(0, anyRequestedFor(anyUrl()));
    }

    private static void changeHost(String from, String to) {
        APPLICATION.modifyResourceFile("application.properties", text -> text.replace(from, to));
    }
}
