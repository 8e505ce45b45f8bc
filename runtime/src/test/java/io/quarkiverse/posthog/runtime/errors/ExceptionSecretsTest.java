package io.quarkiverse.posthog.runtime.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.errors.ExceptionEvent;

/** Keys in exceptions. */
class ExceptionSecretsTest {

    private static final String PERSONAL = "phx_personal";
    private static final String SECURE = "phs_s";
    private static final String OTHER = "phx_ofAnotherAccount-1234_";

    private final TestErrors test = TestErrors.of("personal-api-key", PERSONAL, "feature-flags-secure-api-key", SECURE,
            "exceptions.log.enabled", "true", "exceptions.log.messages", "true");

    static Stream<Arguments> exceptions() {
        return Stream.of("phc_test", PERSONAL, SECURE, OTHER, "pha_0123456789", "phr_0123456789").flatMap(key -> Stream.of(
                arguments(key, new IllegalStateException(key)),
                arguments(key, new IllegalStateException("Bearer " + key + ", again: \"" + key + "\"")),
                arguments(key,
                        new RuntimeException("outer", new IllegalArgumentException("https://eu.posthog.com/?token=" + key))),
                arguments(key, new RuntimeException(new RuntimeException(key))),
                arguments(key, new CompletionException(new Exception(key))),
                arguments(key, suppressed(key)),
                arguments(key, new Exception("x".repeat(7_995) + " " + key + " " + "y".repeat(10_000)))));
    }

    private static Exception suppressed(String key) {
        Exception exception = new Exception("outer");
        exception.addSuppressed(new Exception(key, new Error(key)));
        return exception;
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    @Tag("SEC-3")
    void keysInMessagesAreMasked(String key, Exception exception) {
        JsonNode event = test.captured(exception);

        assertThat(event.toString()).doesNotContain(key);
        assertThat(TestErrors.list(event))
                .allSatisfy(one -> assertThat(one.path("value").asText()).doesNotContain("ph" + key.charAt(2) + "_"));
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1_994, 1_997, 1_999 })
    @Tag("SEC-3")
    void keysInTheLogAreMaskedAlsoWhereTheMessageIsCut(int before) {
        String message = "x".repeat(before) + " " + PERSONAL + " " + OTHER;
        ExceptionLogHandler handler = new ExceptionLogHandler(Level.WARN, true);
        handler.begin(test.reporter(ExceptionSource.LOG));
        ExtLogRecord thrown = new ExtLogRecord(Level.ERROR, message, getClass().getName());
        thrown.setThrown(new Exception("Failed with " + SECURE));
        thrown.setLoggerName("org.acme.Orders");
        ExtLogRecord plain = new ExtLogRecord(Level.ERROR, message, getClass().getName());
        plain.setLoggerName("org.acme.Payments");

        handler.publish(thrown);
        handler.publish(plain);

        assertThat(test.capture.sent()).hasSize(2).allSatisfy(event -> {
            assertThat(event.toString()).doesNotContain("phx_", SECURE);
            assertThat(event.at("/properties/log_message").asText()).hasSizeLessThanOrEqualTo(2_001)
                    .contains("x".repeat(before));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "phc_public", "A personal API key begins with phx_", "paragraphs_in_the_text", "phx_", "nothing" })
    @Tag("SEC-3")
    void otherTextIsLeftAsItIs(String message) {
        JsonNode event = test.captured(ExceptionEvent.of(new Exception(message)).property("note", PERSONAL));

        assertThat(event.at("/properties/$exception_message").asText()).isEqualTo(message);
        assertThat(event.at("/properties/note").asText()).as("a property of the caller").isEqualTo(PERSONAL);
    }
}
