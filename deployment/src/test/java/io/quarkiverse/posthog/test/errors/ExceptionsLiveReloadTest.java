package io.quarkiverse.posthog.test.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.test.Ports;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** What captures exceptions belongs to one application, and goes with it. */
class ExceptionsLiveReloadTest {

    private static final int PORT = Ports.free();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addClasses(ReloadedResource.class, ReloadedResource.Captured.class)
                    .addAsResource(new StringAsset("""
                            quarkus.http.port=%d
                            quarkus.posthog.host=%s
                            quarkus.posthog.project-api-key=phc_reload
                            quarkus.posthog.exceptions.autocapture.enabled=true
                            # reload me
                            """.formatted(PORT, PostHogStub.url())), "application.properties"));

    @Test
    @Tag("EXC-10")
    void aReloadLeavesNothingOfTheOldApplication() {
        assertThat(ask("handler")).isEqualTo("DelegatingUncaughtExceptionHandler");
        assertThat(ask("uncaught")).isEqualTo("doomed");

        APPLICATION.modifyResourceFile("application.properties", text -> text.replace("reload me", "reloaded"));
        assertThat(ask("uncaught")).as("captured by the new application, once").isEqualTo("doomed");

        APPLICATION.modifyResourceFile("application.properties", text -> text.replace("enabled=true", "enabled=false"));
        assertThat(ask("handler")).isEqualTo("nobody");
        assertThat(ask("uncaught")).isEmpty();
    }

    private static String ask(String path) {
        return RestAssured.get("http://localhost:" + PORT + "/" + path).then().extract().asString();
    }
}
