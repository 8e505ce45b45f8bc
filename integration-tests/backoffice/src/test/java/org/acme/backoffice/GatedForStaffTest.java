package org.acme.backoffice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;

/** Verifies that gates are evaluated after authentication, even if users are authenticated lazily. */
@QuarkusTest
@TestProfile(GatedForStaffTest.Profile.class)
@QuarkusTestResource(value = FlagsStandIn.class, restrictToAnnotatedClass = true)
class GatedForStaffTest {

    public static class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.auth.proactive", "false", "quarkus.posthog.context.security.distinct-id-claim", "");
        }
    }

    List<String> asked;

    @BeforeEach
    void clearRequests() {
        asked.clear();
    }

    @Test
    void authenticatedUserIsThePerson() {
        given().auth().preemptive().basic("anna", "secret").get("/refunds")
                .then().statusCode(200).body(is("Refunds"));
        given().auth().preemptive().basic("bob", "secret").get("/refunds").then().statusCode(404);

        assertThat(asked).containsExactly("anna", "bob");
    }

    @Test
    void groupsOfTokenAreUsed() {
        given().auth().oauth2(Jwt.upn("carl").groups("staff").claim("company", "acme").sign()).get("/refunds")
                .then().statusCode(200);

        assertThat(asked).containsExactly("carl");
    }

    @Test
    void unauthorizedRequestsDoNotEvaluateTheFlag() {
        given().get("/refunds").then().statusCode(401);
        given().auth().preemptive().basic("anna", "wrong").get("/refunds").then().statusCode(401);
        given().header("X-POSTHOG-DISTINCT-ID", "anna").get("/refunds").then().statusCode(401);

        assertThat(asked).isEmpty();
    }

    @Test
    void headerIsThePersonWithoutAuthentication() {
        given().header("X-POSTHOG-DISTINCT-ID", "anna").get("/refunds/terms")
                .then().statusCode(200).body(is("Terms"));
        given().header("X-POSTHOG-DISTINCT-ID", "zoe").get("/refunds/terms").then().statusCode(404);
    }

    @Test
    void routeEvaluatesItsOwnFlag() {
        given().header("X-POSTHOG-DISTINCT-ID", "anna").get("/route/refunds")
                .then().statusCode(200).body(is("Refunds"));
        given().header("X-POSTHOG-DISTINCT-ID", "zoe").get("/route/refunds").then().statusCode(404);
    }
}
