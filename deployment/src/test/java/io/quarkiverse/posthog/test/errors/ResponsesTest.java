package io.quarkiverse.posthog.test.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.restassured.RestAssured;
import io.restassured.http.Header;
import io.restassured.response.Response;

/** What the failing application answers, whether exceptions are captured or not. */
abstract class ResponsesTest {

    private static final Header LENGTH = new Header("Content-Length", "");
    private static final String JSON = "content-type=application/json; charset=utf-8";
    private static final String MAPPED = "Content-Type=text/plain;charset=UTF-8, X-Mapped=yes";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /fail/blocking     | 500 | json   | Error id, java.lang.IllegalStateException: blocking
            /fail/reactive     | 500 | json   | Error id, java.lang.IllegalStateException: reactive
            /fail/stage        | 500 | json   | Error id, java.io.UncheckedIOException: java.io.IOException: stage
            /fail/mapped/500   | 500 | mapped | mapped
            /fail/mapped/409   | 409 | mapped | mapped
            /fail/mapped/422   | 422 | mapped | mapped
            /fail/mapped/badly | 500 | json   | Error id, java.lang.IllegalArgumentException: mapper failed
            /fail/missing      | 404 | ''     | ''
            /fail/unavailable  | 503 | ''     | ''
            /route/fails       | 500 | json   | Error id, java.lang.IllegalStateException: route
            /route/recovers    | 502 | ''     | recovered
            /route/refuses     | 403 | json   | Error id, java.lang.IllegalStateException: refused
            /route/without     | 503 | ''     | ''
            """)
    @Tag("TRH-9")
    @Tag("EXC-3")
    void theResponseIsThatOfQuarkus(String path, int status, String headers, String body) {
        Response response = RestAssured.given().get(path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().asList().stream().filter(header -> !header.hasSameNameAs(LENGTH))
                .map(Header::toString).sorted().collect(Collectors.joining(", ")))
                .isEqualTo(headers.equals("json") ? JSON : headers.equals("mapped") ? MAPPED : "");
        assertThat(headers.equals("json") ? response.jsonPath().getString("details").replaceFirst("id [^,]*", "id")
                : response.asString()).isEqualTo(body);
    }
}
