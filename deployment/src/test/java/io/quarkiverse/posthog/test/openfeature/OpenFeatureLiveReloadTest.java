package io.quarkiverse.posthog.test.openfeature;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.test.Ports;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;

/** The OpenFeature API outlives the application in dev mode; what is registered there does not. */
class OpenFeatureLiveReloadTest {

    private static final int PORT = Ports.free();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addClass(FlagResource.class)
                    .addAsResource(new StringAsset("""
                            quarkus.http.port=%d
                            quarkus.posthog.host=%s/first
                            quarkus.posthog.project-api-key=phc_reload
                            quarkus.posthog.flags.send-feature-flag-events=false
                            quarkus.posthog.check.on-startup=false
                            """.formatted(PORT, PostHogStub.url())), "application.properties"));

    private final WireMock stub = PostHogStub.reset();

    @Test
    @Tag("GATE-1")
    @Tag("OFP-11")
    void afterALiveReloadTheNewAccountIsAsked() {
        betaUi("first");
        betaUi("second");

        ask("openfeature").statusCode(200);
        ask("gated").statusCode(200);
        assertThat(asked("first")).hasSize(2);

        APPLICATION.modifyResourceFile("application.properties", text -> text.replace("/first", "/second"));

        assertThat(ask("openfeature").statusCode(200).extract().asString()).isEqualTo("true");
        ask("gated").statusCode(200);
        assertThat(asked("first")).hasSize(2);
        assertThat(asked("second")).hasSize(2);
    }

    private void betaUi(String host) {
        stub.register(post(urlPathEqualTo("/" + host + "/flags/"))
                .willReturn(okJson("{\"flags\": {\"beta-ui\": {\"key\": \"beta-ui\", \"enabled\": true}}}")));
    }

    private List<LoggedRequest> asked(String host) {
        return stub.find(anyRequestedFor(urlPathEqualTo("/" + host + "/flags/")));
    }

    private static ValidatableResponse ask(String path) {
        return RestAssured.given().header("X-POSTHOG-DISTINCT-ID", "zoe")
                .get("http://localhost:" + PORT + "/" + path).then();
    }
}
