package ilove.quark.us;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkiverse.posthog.testing.WithFlag;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

@QuarkusTest
class PurchaseResourceTest {

    @Inject
    PostHogTestKit posthog;

    @Test
    void purchaseIsCaptured() {
        buyWithFreeShipping(false);

        posthog.assertThatEvents().named("purchase").withDistinctId("user-123")
                .withProperty("amount", 49.99).hasSize(1);
    }

    @Test
    @WithFlag("free-shipping")
    void flagMakesShippingFree() {
        buyWithFreeShipping(true);

        posthog.assertThatEvents().named("purchase").withProperty("free_shipping", true).hasSize(1);
    }

    private static void buyWithFreeShipping(boolean expected) {
        given().contentType(ContentType.JSON).body("""
                {"customer": "user-123", "amount": 49.99}""")
                .when().post("/purchases")
                .then().statusCode(200).body("freeShipping", is(expected));
    }
}
