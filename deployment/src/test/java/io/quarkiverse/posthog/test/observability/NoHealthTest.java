package io.quarkiverse.posthog.test.observability;

import static org.hamcrest.Matchers.empty;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

class NoHealthTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.applicationWith("quarkus-smallrye-health")
            .overrideConfigKey("quarkus.posthog.health.enabled", "false");

    @Test
    @Tag("HLT-4")
    void thereIsNoCheckIfNoneIsWanted() {
        RestAssured.get("/q/health/ready").then().statusCode(200).body("checks", empty());
    }
}
