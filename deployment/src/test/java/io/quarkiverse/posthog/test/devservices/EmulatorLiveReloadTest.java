package io.quarkiverse.posthog.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

class EmulatorLiveReloadTest {

    @RegisterExtension
    static final QuarkusDevModeTest APP = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addClass(LiveReloadResource.class));

    @Test
    void theEmulatorAndItsEventsSurviveALiveReload() {
        String host = get("/host").replace("before ", "");
        RestAssured.post("/capture").then().statusCode(200);
        assertThat(get("/captured")).isEqualTo("1");

        APP.modifySourceFile(LiveReloadResource.class, source -> source.replace("\"before \"", "\"after \""));

        assertThat(get("/host")).isEqualTo("after " + host);
        assertThat(get("/captured")).isEqualTo("1");
        RestAssured.post("/capture").then().statusCode(200);
        assertThat(get("/captured")).isEqualTo("2");
    }

    private static String get(String path) {
        return RestAssured.get(path).then().statusCode(200).extract().body().asString();
    }
}
