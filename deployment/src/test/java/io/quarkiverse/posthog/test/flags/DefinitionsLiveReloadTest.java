package io.quarkiverse.posthog.test.flags;

import static io.quarkiverse.posthog.test.flags.DefinitionsServer.SECURE_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.test.Ports;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** After a live reload in dev mode only the new application looks for definitions. */
class DefinitionsLiveReloadTest {

    private static final int PORT = Ports.free();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addClass(LocalFlagResource.class)
                    .addAsResource(new StringAsset("""
                            quarkus.http.port=%d
                            quarkus.posthog.host=%s
                            quarkus.posthog.project-api-key=phc_first
                            quarkus.posthog.feature-flags-secure-api-key=%s
                            quarkus.posthog.flags.definitions.poll-interval=20ms
                            quarkus.posthog.flags.send-feature-flag-events=false
                            """.formatted(PORT, PostHogStub.url(), SECURE_KEY)), "application.properties"));

    @BeforeAll
    static void answer() {
        DefinitionsServer.reset().flags("phc_first", "first").flags("phc_second", "second");
    }

    @Test
    @Tag("FDL-17")
    void theOldApplicationDoesNotLookForDefinitionsAnyLonger() {
        DefinitionsServer server = new DefinitionsServer();
        assertThat(isOn("first")).isEqualTo("true");
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> server.requests("phc_first").size() > 3);

        APPLICATION.modifyResourceFile("application.properties", text -> text.replace("phc_first", "phc_second"));

        assertThat(isOn("second")).isEqualTo("true");
        int until = server.requests("phc_first").size();
        int polled = server.requests("phc_second").size();
        Awaitility.await().atMost(Duration.ofSeconds(10))
                .until(() -> server.requests("phc_second").size() > polled + 10);
        assertThat(server.requests("phc_first")).hasSize(until);
    }

    private static String isOn(String key) {
        return RestAssured.get("http://localhost:" + PORT + "/flags/" + key).then().statusCode(200).extract()
                .asString();
    }
}
