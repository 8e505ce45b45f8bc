package org.acme.checkout;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkiverse.posthog.testing.WithFlag;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

// tag::first[]
@QuarkusTest
class CheckoutTest {

    @Inject
    PostHogTestKit posthog; // <1>

    @Test
    @WithFlag("new-checkout") // <2>
    void aPurchaseIsCaptured() {
        given().contentType(ContentType.JSON).body("""
                {"customer": "user-123", "company": "acme", "amount": 49.99}""").post("/checkout")
                .then().statusCode(201).body("checkout", is("new"));

        posthog.assertThatEvents().named("purchase").withDistinctId("user-123") // <3>
                .withProperty("amount", 49.99).withGroup("company", "acme").hasSize(1);
    }
}
// end::first[]
