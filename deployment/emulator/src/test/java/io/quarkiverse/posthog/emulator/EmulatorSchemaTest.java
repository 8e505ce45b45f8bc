package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The net below all other tests has to hold. */
class EmulatorSchemaTest {

    private final AnswerSchemas schemas = new AnswerSchemas();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = { "GET|/api/projects/1/persons/1/|200|{}",
            "GET|/api/projects/1/events/|200|{\"next\": null, \"results\": [{}]}",
            "GET|/api/projects/1/events/|200|{\"next\": null, \"results\": [], \"count\": 0}",
            "GET|/api/projects/1/events/|400|{\"detail\": \"no envelope\"}",
            "DELETE|/api/projects/1/cohorts/1/|405|{\"type\": \"invalid_request\"}",
            "GET|/api/projects/1/nowhere/|200|{}", "GET|/api/projects/1/feature_flags/|200|<html/>" })
    void wrongAnswersAreNoticed(String method, String path, int status, String body) {
        assertThatThrownBy(() -> schemas.check(method, path, status, body)).isInstanceOf(AssertionError.class);
    }
}
