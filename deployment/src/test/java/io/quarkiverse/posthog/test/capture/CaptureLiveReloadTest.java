package io.quarkiverse.posthog.test.capture;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.test.Ports;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** A live reload in dev mode is the end of one application and the start of another. */
class CaptureLiveReloadTest {

    private static final int PORT = Ports.free();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addClass(CaptureResource.class)
                    .addAsResource(new StringAsset("""
                            quarkus.http.port=%d
                            quarkus.posthog.host=%s/first
                            quarkus.posthog.project-api-key=phc_reload
                            quarkus.posthog.capture.flush-interval=1h
                            quarkus.posthog.check.on-startup=false
                            """.formatted(PORT, PostHogStub.url())), "application.properties"));

    @Test
    @Tag("SHD-12")
    void whatWaitsIsSentByTheOldApplicationAndWhatComesLaterByTheNewOne() {
        CaptureRequests requests = new CaptureRequests();
        PostHogStub.reset().register(post(anyUrl()).willReturn(CaptureRequests.success()));
        assertThat(ask("capture")).isEqualTo("1");
        assertThat(requests.all()).isEmpty();

        APPLICATION.modifyResourceFile("application.properties", text -> text.replace("/first", "/second"));

        assertThat(ask("capture")).as("the queue of the new application").isEqualTo("1");
        assertThat(requests.await(1)).extracting(LoggedRequest::getUrl).containsExactly("/first/batch/");
        assertThat(ask("flush")).isEqualTo("0");
        assertThat(requests.all()).extracting(LoggedRequest::getUrl).containsExactly("/first/batch/", "/second/batch/");
        assertThat(requests.events()).hasSize(2);
    }

    private static String ask(String path) {
        return RestAssured.get("http://localhost:" + PORT + "/" + path).then().statusCode(200).extract().asString();
    }
}
