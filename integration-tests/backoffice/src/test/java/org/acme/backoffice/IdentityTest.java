package org.acme.backoffice;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;

/** Verifies that the person of a request is the authenticated user, or else the person in the headers. */
@QuarkusTest
class IdentityTest {

    @Test
    void claimOfTokenIsThePerson() {
        given().auth().oauth2(token().claim("customer_id", "customer-7").claim("company", "acme").sign())
                .get("/who/staff")
                .then().statusCode(200).body("distinctId", is("customer-7")).body("groups.company", is("acme"));
    }

    @Test
    void claimCanBeANumber() {
        given().auth().oauth2(token().claim("customer_id", 42).sign())
                .get("/who").then().body("distinctId", is("42")).body("groups", is(anEmptyMap()));
    }

    @Test
    void authenticatedUserTakesPrecedenceOverHeader() {
        given().auth().oauth2(token().claim("customer_id", "customer-7").sign()).header("X-POSTHOG-DISTINCT-ID", "zoe")
                .get("/who").then().body("distinctId", is("customer-7"));
    }

    @Test
    void headerIsUsedWithoutTheClaim() {
        given().auth().oauth2(token().sign()).header("X-POSTHOG-DISTINCT-ID", "zoe")
                .get("/who").then().body("distinctId", is("zoe"));
        given().auth().oauth2(token().sign()).get("/who").then().body("distinctId", is(nullValue()));
    }

    @Test
    void userWithoutTokenHasNoClaims() {
        given().auth().preemptive().basic("anna", "secret").get("/who/staff")
                .then().statusCode(200).body("distinctId", is(nullValue()));
    }

    @Test
    void headerGrantsNoPermissions() {
        given().header("X-POSTHOG-DISTINCT-ID", "anna").get("/who/staff").then().statusCode(401);
    }

    @Test
    void contextIsAvailableInRoutes() {
        given().header("X-POSTHOG-DISTINCT-ID", "zoe").get("/route/who").then().statusCode(200).body(is("zoe"));
        given().get("/route/who").then().body(is("nobody"));
    }

    private static JwtClaimsBuilder token() {
        return Jwt.upn("anna").groups("staff");
    }
}
