package io.quarkiverse.posthog.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.test.Ports;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

class EmulatorLiveReloadTest {

    private static final int PORT = Ports.free();
    private static final int EMULATOR_PORT = Ports.free();
    private static final String URL = "http://localhost:" + PORT;

    @RegisterExtension
    static final QuarkusDevModeTest APP = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addClass(LiveReloadResource.class)
                    .addAsResource(new StringAsset("quarkus.http.port=" + PORT + "\nquarkus.posthog.devservices.port="
                            + EMULATOR_PORT), "application.properties"));

    @Test
    void theEmulatorAndItsEventsSurviveALiveReload() {
        String host = get("/host").replace("before ", "");
        assertThat(RestAssured.post(URL + "/capture").statusCode()).isEqualTo(200);
        assertThat(get("/captured")).isEqualTo("1");

        APP.modifySourceFile(LiveReloadResource.class, source -> source.replace("\"before \"", "\"after \""));

        assertThat(get("/host")).isEqualTo("after " + host);
        assertThat(get("/captured")).isEqualTo("1");
        assertThat(RestAssured.post(URL + "/capture").statusCode()).isEqualTo(200);
        assertThat(get("/captured")).isEqualTo("2");
    }

    @Test
    @Tag("CFG-5")
    void emulatorListensOnTheConfiguredPort() {
        assertThat(get("/host")).endsWith("http://localhost:" + EMULATOR_PORT);
    }

    private static String get(String path) {
        return RestAssured.get(URL + path).then().statusCode(200).extract().body().asString();
    }
}
