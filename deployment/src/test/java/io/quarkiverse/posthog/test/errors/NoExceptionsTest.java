package io.quarkiverse.posthog.test.errors;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.test.errors.SeenExceptions.Seen;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** Nobody has asked for exceptions to be captured. */
class NoExceptionsTest extends ResponsesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = FailingApplication.application();

    @Inject
    SeenExceptions seen;

    @AfterEach
    void nothingIsCaptured() {
        assertThat(seen.events).isEmpty();
    }

    @Test
    @Tag("EXC-3")
    void onlyWhatTheApplicationCapturesIs() {
        for (String where : new String[] { "thread", "executor", "vertx", "mutiny" }) {
            RestAssured.get("/fail/later/" + where).then().statusCode(200);
        }
        RestAssured.get("/fail/captured").then().statusCode(500);

        assertThat(seen.events).singleElement().extracting(event -> new Seen(event).message()).isEqualTo("captured");
        seen.events.clear();
    }

    @Test
    @Tag("EXC-3")
    void nothingIsPutInPlace() {
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNull();
    }
}
