package org.acme.backoffice;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Verifies that the distinct ID is the principal name, and that capturing does not trigger authentication. */
@QuarkusTest
@TestProfile(LazyIdentityTest.Profile.class)
class LazyIdentityTest {

    public static class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.auth.proactive", "false", "quarkus.posthog.context.security.distinct-id-claim", "");
        }
    }

    @Test
    void principalIsThePerson() {
        given().auth().preemptive().basic("anna", "secret").get("/who/staff")
                .then().statusCode(200).body("distinctId", is("anna"));
    }

    @Test
    void capturingDoesNotAuthenticate() {
        given().auth().preemptive().basic("anna", "wrong").get("/who")
                .then().statusCode(200).body("distinctId", is(nullValue()));
        given().auth().preemptive().basic("anna", "secret").header("X-POSTHOG-DISTINCT-ID", "zoe").get("/who")
                .then().statusCode(200).body("distinctId", is("zoe"));
    }
}
