package org.acme.checkout;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** Sends the requests of customers. */
final class Shop {

    private Shop() {
    }

    static ValidatableResponse buy(String customer) {
        return buy(customer, "49.99");
    }

    static ValidatableResponse buy(String customer, String amount) {
        return given().contentType(ContentType.JSON)
                .body("{\"customer\": \"" + customer + "\", \"company\": \"acme\", \"amount\": " + amount + "}")
                .post("/checkout").then().statusCode(201);
    }

    static void signUp(String email) {
        given().post("/newsletter/" + email).then().statusCode(202);
    }
}
