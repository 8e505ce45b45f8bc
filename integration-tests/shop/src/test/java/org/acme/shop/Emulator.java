package org.acme.shop;

import static io.restassured.RestAssured.given;

import java.util.List;
import java.util.Map;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** Steers the emulator of an account through its control API. */
final class Emulator {

    private final String host;

    private Emulator(String host) {
        this.host = host;
    }

    /** The shop tells where it is, whether it runs in the test or as a jar. */
    static Emulator of(String account) {
        return new Emulator(given().get("/about").then().statusCode(200).extract().jsonPath()
                .getString("find { it.name == '" + account + "' }.host"));
    }

    String host() {
        return host;
    }

    /** The demo shop, and nothing else. */
    void reset() {
        control().post("/reset?seed=true").then().statusCode(200);
    }

    void add(List<Map<String, Object>> events) {
        control().body(events).post("/events").then().statusCode(200);
    }

    void settings(Map<String, Object> settings) {
        control().body(settings).put("/settings").then().statusCode(200);
    }

    void fault(Map<String, Object> fault) {
        control().body(fault).post("/faults").then().statusCode(200);
    }

    /** The requests since the reset, each with method, path and status. */
    List<Map<String, Object>> requests() {
        return control().get("/requests").then().statusCode(200).extract().jsonPath().getList("");
    }

    private RequestSpecification control() {
        return given().baseUri(host).port(port()).basePath("/_emulator").contentType(ContentType.JSON);
    }

    private int port() {
        return Integer.parseInt(host.substring(host.lastIndexOf(':') + 1));
    }
}
