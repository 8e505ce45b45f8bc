package io.quarkiverse.posthog.sdkadapter;

import static io.restassured.RestAssured.given;

import java.util.LinkedHashMap;
import java.util.Map;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;

/** Calls the adapter in the same way as the harness. */
final class Adapter {

    private Adapter() {
    }

    /** An instance whose PostHog is the stub, with further parameters by their names. */
    static void init(Stub posthog, String testId, Map<String, Object> parameters) {
        Map<String, Object> request = new LinkedHashMap<>(parameters);
        request.put("api_key", "phc_test");
        request.put("host", posthog.url());
        post("/init", testId, request).statusCode(200);
    }

    static ValidatableResponse post(String path, String testId, Map<String, Object> body) {
        return given().contentType(ContentType.JSON).queryParam("test_id", testId).body(body).post(path).then();
    }

    static ValidatableResponse capture(String testId, Map<String, Object> more) {
        Map<String, Object> request = new LinkedHashMap<>(more);
        request.put("event", "purchase");
        request.put("distinct_id", "zoe");
        return post("/capture", testId, request).statusCode(200);
    }

    static ValidatableResponse flush(String testId) {
        return post("/flush", testId, Map.of()).statusCode(200);
    }

    static ValidatableResponse state(String testId) {
        return given().queryParam("test_id", testId).get("/state").then();
    }
}
