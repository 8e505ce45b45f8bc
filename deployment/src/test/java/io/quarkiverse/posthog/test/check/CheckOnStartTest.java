package io.quarkiverse.posthog.test.check;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.logging.LogRecord;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.test.Ports;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkiverse.posthog.test.capture.CaptureResource;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** In dev mode an account that does not work says so. */
class CheckOnStartTest {

    private static final int PORT = Ports.free();

    private static final WireMock STUB = stub();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .setLogRecordPredicate(record -> record.getLoggerName().equals("io.quarkiverse.posthog.check"))
            .withApplicationRoot(root -> root.addClass(CaptureResource.class)
                    .addAsResource(new StringAsset("""
                            quarkus.http.port=%d
                            quarkus.posthog.host=%s
                            quarkus.posthog.project-api-key=phc_wrong
                            """.formatted(PORT, PostHogStub.url())), "application.properties"));

    private static WireMock stub() {
        WireMock stub = PostHogStub.reset();
        stub.register(post(urlPathEqualTo("/flags/")).willReturn(jsonResponse(
                "{\"type\": \"authentication_error\", \"detail\": \"Project API key phc_wrong invalid.\"}", 401)));
        return stub;
    }

    @Test
    @Tag("DOC-2")
    @Tag("DOC-15")
    void whatIsWrongIsLoggedOnceWithTheNextStepUntilTheConfigurationChanges() {
        await().until(() -> !APPLICATION.getLogRecords().isEmpty());
        assertThat(APPLICATION.getLogRecords()).singleElement().extracting(CheckOnStartTest::text).asString()
                .startsWith("PostHog account 'default': 1 of 13 checks failed")
                .contains("FAILED  project API key: PostHog does not recognize it",
                        "-> copy the project token from the PostHog project settings to "
                                + "quarkus.posthog.project-api-key")
                .doesNotContain("phc_wrong");

        APPLICATION.modifySourceFile(CaptureResource.class, source -> source.replace("@Path(\"flush\")",
                "@Path(\"flushed\")"));
        RestAssured.get("http://localhost:" + PORT + "/flushed").then().statusCode(200);
        assertThat(flagRequests()).as("the code has changed only").isEqualTo(1);

        APPLICATION.modifyResourceFile("application.properties", text -> text
                + "quarkus.posthog.check.on-startup=false\n");
        RestAssured.get("http://localhost:" + PORT + "/flushed").then().statusCode(200);
        assertThat(flagRequests()).as("switched off").isEqualTo(1);

        APPLICATION.modifyResourceFile("application.properties", text -> text.replace("on-startup=false", "on-startup=true"));
        RestAssured.get("http://localhost:" + PORT + "/flushed").then().statusCode(200);
        await().until(() -> flagRequests() == 2);
    }

    private static String text(LogRecord record) {
        return record.getParameters() == null ? record.getMessage()
                : String.format(record.getMessage(), record.getParameters());
    }

    private static int flagRequests() {
        return STUB.find(anyRequestedFor(urlPathEqualTo("/flags/"))).size();
    }
}
