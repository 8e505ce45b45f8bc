package io.quarkiverse.posthog.test.gating;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.flags.FeatureGate;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** Two endpoints behind the same flag, which does not exist. */
class ClosedGateLogTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Endpoint.class))
            .setLogRecordPredicate(record -> record.getLevel().equals(Level.INFO)
                    && record.getLoggerName().equals("io.quarkiverse.posthog.flags"))
            .assertLogRecords(records -> assertThat(records).hasSize(2)
                    .allMatch(record -> record.getMessage().startsWith("PostHog account '%s': the feature gate of flag"))
                    .extracting(record -> record.getParameters()[3].toString())
                    .satisfiesExactly(reason -> assertThat(reason).startsWith("the request has no person"),
                            reason -> assertThat(reason).startsWith("the flag was not found")));

    @Path("/closed")
    @FeatureGate("beta-ui")
    public static class Endpoint {

        @GET
        public String one() {
            return "there";
        }

        @GET
        @Path("/other")
        public String other() {
            return "there";
        }
    }

    @Test
    @Tag("GATE-11")
    void eachReasonIsLoggedOncePerFlag() {
        PostHogStub.reset().register(any(anyUrl()).willReturn(jsonResponse("{\"flags\": {}}", 200)));

        for (int i = 0; i < 2; i++) {
            for (String path : new String[] { "/closed", "/closed/other" }) {
                given().get(path).then().statusCode(404);
            }
        }
        for (String path : new String[] { "/closed", "/closed/other" }) {
            given().header("X-POSTHOG-DISTINCT-ID", "zoe").get(path).then().statusCode(404);
        }
    }
}
