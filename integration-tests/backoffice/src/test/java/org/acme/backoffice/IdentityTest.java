package org.acme.backoffice;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;

/** Who makes a request: the one who has logged in, otherwise the one the browser names. */
@QuarkusTest
class IdentityTest {

    @Test
    void theClaimOfATokenIsThePerson() {
        given().auth().oauth2(token().claim("customer_id", "customer-7").claim("company", "acme").sign())
                .get("/who/staff")
                .then().statusCode(200).body("distinctId", is("customer-7")).body("groups.company", is("acme"));
    }

    @Test
    void aClaimMayBeANumber() {
        given().auth().oauth2(token().claim("customer_id", 42).sign())
                .get("/who").then().body("distinctId", is("42")).body("groups", is(anEmptyMap()));
    }

    @Test
    void whoHasLoggedInIsMoreThanWhoIsNamed() {
        given().auth().oauth2(token().claim("customer_id", "customer-7").sign()).header("X-POSTHOG-DISTINCT-ID", "zoe")
                .get("/who").then().body("distinctId", is("customer-7"));
    }

    @Test
    void withoutTheClaimTheOneNamedCounts() {
        given().auth().oauth2(token().sign()).header("X-POSTHOG-DISTINCT-ID", "zoe")
                .get("/who").then().body("distinctId", is("zoe"));
        given().auth().oauth2(token().sign()).get("/who").then().body("distinctId", is(nullValue()));
    }

    @Test
    void somebodyWithoutATokenHasNoClaims() {
        given().auth().preemptive().basic("anna", "secret").get("/who/staff")
                .then().statusCode(200).body("distinctId", is(nullValue()));
    }

    @Test
    void beingNamedGivesNoRights() {
        given().header("X-POSTHOG-DISTINCT-ID", "anna").get("/who/staff").then().statusCode(401);
    }

    @Test
    void routesKnowTheirRequestToo() {
        given().header("X-POSTHOG-DISTINCT-ID", "zoe").get("/route/who").then().statusCode(200).body(is("zoe"));
        given().get("/route/who").then().body(is("nobody"));
    }

    private static JwtClaimsBuilder token() {
        return Jwt.upn("anna").groups("staff");
    }
}
